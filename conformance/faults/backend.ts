import type { StoredInputs } from "../../reference/index.ts";
import { type Backend, type DType, type Implementation, type OperatorName, operatorNames } from "../../spec/index.ts";
import { correct, type Fault } from "./fault.ts";

const formats: readonly DType[] = ["f16", "f32", "f64"];

/** The correct naive kernels in every format. */
const correctOperators = (): Record<string, Implementation<OperatorName>> =>
  Object.fromEntries(
    operatorNames.map((name) => [
      name,
      (inputs: StoredInputs, attributes: object) => correct(name)(inputs, attributes as never),
    ]),
  ) as unknown as Record<string, Implementation<OperatorName>>;

/** Naive and correct in every operator and format, except for one planted fault. */
export function faulty(fault: Fault, threads = 1): Backend {
  const change = fault.plant(threads);
  const run = correct(fault.operator);
  const planted = (inputs: object, attributes: object) => change(run, inputs as never, attributes as never);
  return {
    name: fault.id,
    dtypes: formats,
    declares: { threadInvariant: true, operators: { [fault.operator]: { choices: fault.choices } } },
    withThreads: (count) => faulty(fault, count),
    operators: { ...correctOperators(), [fault.operator]: planted },
  };
}
