import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  denseBiasGradient as signature,
} from "../../../spec/index.ts";
import { sumOverBatch } from "./sum-over-batch.ts";

/** GRAD-48: from G [N, O] the gradient db [O]. */
export function denseBiasGradient(
  { G }: InputsOf<"dense-bias-gradient">,
  attributes: AttributesOf<"dense-bias-gradient">,
): OutputsOf<"dense-bias-gradient"> {
  check(signature, { inputs: { G }, attributes });
  return { db: sumOverBatch(G) };
}
