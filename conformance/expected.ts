import {
  type Choices,
  type Computation,
  type Exact,
  elements,
  evaluate,
  exact,
  type Magnitude,
  magnitudeIn,
  rounded,
  type StoredInputs,
  type TensorOf,
} from "../reference/index.ts";
import type { DType, OperatorName, Shape } from "../spec/index.ts";
import type { Invocation } from "./check.ts";

/** What one output must be: every value exact and rounded once, with what bounds its error. */
export interface ExpectedOutput {
  readonly shape: Shape;
  /** Numbers of the format of the call, row-major. */
  readonly values: readonly number[];
  /** What bounds the error of an element. Evaluated when it is first asked for: equal bits need none. */
  readonly magnitudes: TensorOf<Magnitude>;
}

export type Expected = Readonly<Record<string, ExpectedOutput>>;

export const dtypeOf = (inputs: StoredInputs): DType => {
  const [first] = Object.values(inputs).filter((tensor) => tensor !== undefined);
  return first?.dtype ?? "f32";
};

/**
 * Evaluates the exact reference and the magnitudes of a valid call.
 * @param choices where a clause permits several results: which one
 * @param computation what bounds the errors; everything in the format of the call unless given
 */
export function expect<N extends OperatorName>(
  { operator, inputs, attributes }: Invocation<N>,
  choices: Choices = {},
  computation: Computation = { dtype: dtypeOf(inputs) },
): Expected {
  const dtype = dtypeOf(inputs);
  const values: Readonly<Record<string, TensorOf<Exact>>> = evaluate(exact, operator, inputs, attributes, choices);
  const magnitudes: Readonly<Record<string, TensorOf<Magnitude>>> = evaluate(
    magnitudeIn(computation),
    operator,
    inputs,
    attributes,
    choices,
  );
  return Object.fromEntries(
    Object.entries(values).map(([name, tensor]) => [
      name,
      {
        shape: tensor.shape,
        values: elements(tensor).map((value) => rounded(value, dtype)),
        magnitudes: magnitudes[name],
      },
    ]),
  );
}
