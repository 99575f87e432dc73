import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  locallyConnectedBiasGradient as signature,
} from "../../../spec/index.ts";
import { sumOverBatch } from "./sum-over-batch.ts";

/** GRAD-42: from G [N, O, …P] the gradient db [O, …P] of the biases. */
export function locallyConnectedBiasGradient(
  { G }: InputsOf<"locally-connected-bias-gradient">,
  attributes: AttributesOf<"locally-connected-bias-gradient">,
): OutputsOf<"locally-connected-bias-gradient"> {
  check(signature, { inputs: { G }, attributes });
  return { db: sumOverBatch(G) };
}
