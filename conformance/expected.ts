import {
  type Arithmetic,
  type Choices,
  type Computation,
  elements,
  evaluate,
  exact,
  integers,
  type Magnitude,
  magnitudeIn,
  NoInteger,
  rounded,
  roundedInteger,
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

/** The exact reference of a valid call, each value rounded once, row-major. Among integers alone it needs no other numbers. */
function valuesOf<N extends OperatorName>(
  { operator, inputs, attributes }: Invocation<N>,
  choices: Choices,
): Readonly<Record<string, number[]>> {
  const dtype = dtypeOf(inputs);
  const roundedIn = <T>(x: Arithmetic<T>, round: (value: T, dtype: DType) => number) => {
    const outputs: Readonly<Record<string, TensorOf<T>>> = evaluate(x, operator, inputs, attributes, choices);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => [name, elements(tensor).map((value) => round(value, dtype))]),
    );
  };
  try {
    return roundedIn(integers, roundedInteger);
  } catch (thrown) {
    if (!(thrown instanceof NoInteger)) throw thrown;
    return roundedIn(exact, rounded);
  }
}

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
  const values = valuesOf({ operator, inputs, attributes }, choices);
  const magnitudes: Readonly<Record<string, TensorOf<Magnitude>>> = evaluate(
    magnitudeIn(computation),
    operator,
    inputs,
    attributes,
    choices,
  );
  return Object.fromEntries(
    Object.entries(magnitudes).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, values: values[name], magnitudes: tensor },
    ]),
  );
}
