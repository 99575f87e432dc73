import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  denseInputGradient as signature,
  zeros,
} from "../../../spec/index.ts";
import { sumsOfProducts } from "./matrix.ts";

/** GRAD-46: from G [N, O] and W [O, I] the gradient dx [N, I]. */
export function denseInputGradient(
  { G, W }: InputsOf<"dense-input-gradient">,
  attributes: AttributesOf<"dense-input-gradient">,
): OutputsOf<"dense-input-gradient"> {
  check(signature, { inputs: { G, W }, attributes });
  const [N, [O, I]] = [G.shape[0], W.shape];
  const dx = zeros(G.dtype, [N, I]);
  sumsOfProducts(dx.data, [N, I, O], (n, i, o) => G.data[n * O + o] * W.data[o * I + i]);
  return { dx };
}
