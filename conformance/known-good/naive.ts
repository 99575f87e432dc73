import {
  type Choices,
  elements,
  encode,
  evaluate,
  float16,
  float32,
  float64,
  type StoredInputs,
} from "../../reference/index.ts";
import {
  type Backend,
  check,
  type DType,
  type OperatorName,
  operatorNamed,
  operatorNames,
  type Tensor,
} from "../../spec/index.ts";

const arithmetics = { f16: float16, f32: float32, f64: float64 } as const;

const types = (inputs: StoredInputs) =>
  Object.fromEntries(Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined));

/**
 * The reference in one number format, every operation rounded: naive, sequential, and correct within its bounds.
 * @param choices where a clause permits several results, which one; the default one unless given
 */
export function naive(dtype: DType, choices: Choices = {}): Backend {
  const run = (name: OperatorName) => (inputs: StoredInputs, attributes: object) => {
    check(operatorNamed(name), { inputs: types(inputs), attributes });
    const outputs = evaluate(arithmetics[dtype], name, inputs, attributes, choices);
    return Object.fromEntries(
      Object.entries(outputs).map(([output, tensor]) => [output, encode(dtype, tensor.shape, elements(tensor))]),
    );
  };
  return {
    name: `reference-${dtype}`,
    dtypes: [dtype],
    declares: { choices },
    operators: Object.fromEntries(operatorNames.map((name) => [name, run(name)])),
  };
}
