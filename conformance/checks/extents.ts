import { type ClauseId, type OperatorName, operatorNamed, type Shape, type TensorType } from "../../spec/index.ts";
import { attempt } from "../attempt.ts";
import type { Check, Invocation } from "../check.ts";
import { places } from "../laws/places.ts";
import { againstReferenceOnce } from "../oracle.ts";
import { judgeAt } from "../verdicts/judge-at.ts";
import { countingCall, refuses } from "./constraint.ts";

/** Output extents worked out in the notes; the schema is fixtures/extents.schema.json. */
export interface ExtentsFixture {
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly clauses: readonly ClauseId[];
    readonly operator: OperatorName;
    readonly inputs: Readonly<Record<string, Shape>>;
    readonly attributes: object;
    readonly outputs?: Readonly<Record<string, Shape>>;
    readonly violates?: string;
  }[];
}

type ExtentsCase = ExtentsFixture["cases"][number];

const invocationOf = ({ operator, inputs, attributes }: ExtentsCase): Invocation => {
  const types = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]): [string, TensorType] => [name, { dtype: "f32", shape }]),
  );
  return countingCall(operator, { inputs: types, attributes: operatorNamed(operator).complete(types, attributes) });
};

/** The same call with its kernel or window cut to one tap: valid where only the fit was wrong. */
const withOneTap = (entry: ExtentsCase): Invocation => {
  const K = entry.inputs.K?.map((extent, axis) => (axis < 2 ? extent : 1));
  return invocationOf({ ...entry, inputs: { ...entry.inputs, ...(K ? { K } : {}) }, attributes: {} });
};

const refused = (entry: ExtentsCase, constraint: string): Check["run"] => {
  const good = againstReferenceOnce(() => withOneTap(entry));
  return (backend) => refuses(backend, invocationOf(entry), `${constraint}: ${entry.title}`, good);
};

/** The result has the right shape, and is right where it is looked at. */
const held =
  (entry: ExtentsCase): Check["run"] =>
  (backend, seed) => {
    const invocation = invocationOf(entry);
    return attempt(backend, invocation, (outputs) =>
      judgeAt(invocation, outputs, backend, (output) => places(output, seed)),
    );
  };

/** The checks of the extents that the notes work out. */
export const extentsChecks = ({ cases }: ExtentsFixture): Check[] =>
  cases.map((entry) => ({
    id: `${entry.id}@f32`,
    title: entry.title,
    clauses: entry.clauses,
    operator: entry.operator,
    kind: entry.violates ? "constraint" : "case",
    dtype: "f32",
    run: entry.violates ? refused(entry, entry.violates) : held(entry),
  }));
