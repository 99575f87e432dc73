import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  denseWeightGradient as signature,
  zeros,
} from "../../../spec/index.ts";
import { sumsOfProducts } from "./matrix.ts";

/** GRAD-47: from G [N, O] and x [N, I] the gradient dW [O, I]. */
export function denseWeightGradient(
  { G, x }: InputsOf<"dense-weight-gradient">,
  attributes: AttributesOf<"dense-weight-gradient">,
): OutputsOf<"dense-weight-gradient"> {
  check(signature, { inputs: { G, x }, attributes });
  const [[N, O], I] = [G.shape, x.shape[1]];
  const dW = zeros(G.dtype, [O, I]);
  sumsOfProducts(dW.data, [O, I, N], (o, i, n) => G.data[n * O + o] * x.data[n * I + i]);
  return { dW };
}
