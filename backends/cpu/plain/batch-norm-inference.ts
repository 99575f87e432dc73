import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  batchNormInference as signature,
} from "../../../spec/index.ts";
import { normalise } from "./batch-norm.ts";

/** NORM-3: x [N, C, …X] normalised with given statistics [C]. */
export function batchNormInference(
  inputs: InputsOf<"batch-norm-inference">,
  attributes: AttributesOf<"batch-norm-inference">,
): OutputsOf<"batch-norm-inference"> {
  check(signature, { inputs, attributes });
  const { x, mean, variance } = inputs;
  return { y: normalise(x, { mean: mean.data, variance: variance.data }, inputs, attributes.epsilon) };
}
