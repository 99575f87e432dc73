import { encode } from "../../reference/index.ts";
import {
  type Backend,
  type ClauseId,
  type DType,
  type OperatorName,
  type Shape,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import { verdictOn } from "../attempt.ts";
import type { Check, Invocation, Verdict } from "../check.ts";
import { saysUnsupported } from "../invoke.ts";
import { againstReferenceOnce } from "../oracle.ts";

/** A call given by shapes alone: its values are the integers 1, 2, 3, … 31, and again, so that no sum is rounded. */
export interface CallByShape {
  readonly inputs: Readonly<Record<string, { readonly shape: Shape; readonly dtype?: DType }>>;
  readonly attributes: object;
}

/** The calls that an operator must refuse; its schema is fixtures/constraints.schema.json. */
export interface ConstraintFixture {
  readonly operator: OperatorName;
  readonly valid: CallByShape;
  readonly cases: readonly {
    readonly id: string;
    readonly violates: string;
    readonly message: string;
    readonly call: CallByShape;
  }[];
}

const count = (dtype: DType, shape: Shape): Tensor =>
  encode(
    dtype,
    shape,
    Array.from({ length: Math.max(0, Math.ceil(sizeOf(shape))) }, (_, at) => (at % 31) + 1),
  );

export const countingCall = (operator: OperatorName, { inputs, attributes }: CallByShape): Invocation => ({
  operator,
  inputs: Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [name, count(dtype ?? "f32", shape)]),
  ),
  attributes: attributes as Invocation["attributes"],
});

/** The clause a constraint belongs to: CORR-4 of CORR-4.C1. */
export const clauseOf = (constraint: string): ClauseId => constraint.replace(/\.C\d+$/, "") as ClauseId;

/**
 * A backend must refuse the bad call with an error, and answer the next good one correctly.
 * @param good holds that next call
 */
export async function refuses(
  backend: Backend,
  bad: Invocation,
  reason: string,
  good: (backend: Backend) => Promise<Verdict>,
): Promise<Verdict> {
  const implementation = backend.operators[bad.operator] as
    | ((inputs: object, attributes: object) => unknown)
    | undefined;
  if (implementation === undefined) return { status: "unsupported", reason: `operator ${bad.operator}` };
  try {
    await implementation(bad.inputs, bad.attributes);
  } catch (thrown) {
    if (saysUnsupported(thrown)) return verdictOn(thrown);
    const next = await good(backend);
    if (next.status !== "fail") return next;
    return { ...next, failure: { ...next.failure, message: `after refusing a bad call: ${next.failure.message}` } };
  }
  return { status: "fail", failure: { message: `accepted a call it must refuse: ${reason}`, invocation: bad } };
}

/** The checks of the constraints of one operator. */
export const constraintChecks = ({ operator, valid, cases }: ConstraintFixture): Check[] => {
  const good = againstReferenceOnce(() => countingCall(operator, valid));
  return cases.map(({ id, violates, message, call }) => ({
    id: `${id}@f32`,
    title: `is refused: ${message}`,
    clauses: [clauseOf(violates)],
    operator,
    kind: "constraint",
    dtype: "f32",
    run: (backend) => refuses(backend, countingCall(operator, call), message, good),
  }));
};
