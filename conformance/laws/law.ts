import type fc from "fast-check";
import { decode, indexAt, type StoredInputs } from "../../reference/index.ts";
import type { AttributesOf, Backend, ClauseId, DType, OperatorName, Tensor } from "../../spec/index.ts";
import { declarationOf, operatorNamed } from "../../spec/index.ts";
import type { Invocation, Verdict } from "../check.ts";
import { invoke } from "../invoke.ts";

/** Calls an operator of the backend under test and gives its first output. */
export type Apply = <N extends OperatorName>(
  operator: N,
  inputs: StoredInputs,
  attributes: AttributesOf<N>,
) => Promise<Tensor>;

/** A property of an operator that any conforming backend has, on whatever valid call is drawn. */
export interface Law<Sample = unknown> {
  /** operator/law/name */
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly operator: OperatorName;
  readonly dtype: DType;
  readonly samples: fc.Arbitrary<Sample>;
  /** How many calls are drawn, where it is not the usual number. */
  readonly draws?: number;
  /** Whether a smaller call that breaks the law would say more; it is looked for unless not. */
  readonly shrinks?: boolean;
  holds(backend: Backend, sample: Sample): Promise<Verdict>;
}

/**
 * The form most laws have: two ways to the same tensor, on integer data, where every order of
 * summation gives the same bits and so nothing may differ.
 */
export interface EqualityLaw<Sample> extends Omit<Law<Sample>, "holds" | "dtype"> {
  sides(apply: Apply, sample: Sample): Promise<readonly [left: Tensor, right: Tensor]>;
}

const deviation = (left: Tensor, right: Tensor, calls: readonly Invocation[]): Verdict => {
  const [l, r] = [decode(left), decode(right)];
  const wrong = Array.from(l, (value, at) =>
    value === r[at] || (Number.isNaN(value) && Number.isNaN(r[at])) ? -1 : at,
  ).filter((at) => at >= 0);
  if (String(left.shape) === String(right.shape) && wrong.length === 0) return { status: "pass", margin: 0 };
  const at = wrong[0] ?? 0;
  return {
    status: "fail",
    failure: {
      message: `the two sides of the law differ in ${wrong.length} of ${l.length} elements`,
      deviation: {
        output: calls[0] ? operatorNamed(calls[0].operator).outputs[0] : "",
        index: indexAt(left.shape, at),
        got: l[at],
        expected: r[at],
        allowed: 0,
        wrong: wrong.length,
        of: l.length,
      },
      invocation: calls[0],
    },
  };
};

/** A transform's result on integer data, rounded to the integers it stands for. */
const toIntegers = (tensor: Tensor): Tensor => ({ ...tensor, data: (tensor.data as Float32Array).map(Math.round) });

export const equalityLaw = <Sample>({ sides, ...law }: EqualityLaw<Sample>): Law<Sample> => ({
  ...law,
  dtype: "f32",
  holds: async (backend, sample) => {
    const calls: Invocation[] = [];
    const apply: Apply = async (operator, inputs, attributes) => {
      const invocation = { operator, inputs, attributes };
      calls.push(invocation);
      const outputs = await invoke(backend, invocation);
      const first = outputs[operatorNamed(operator).outputs[0]];
      return declarationOf(backend, operator).algorithm === "transform" ? toIntegers(first) : first;
    };
    const [left, right] = await sides(apply, sample);
    return deviation(left, right, calls);
  },
});
