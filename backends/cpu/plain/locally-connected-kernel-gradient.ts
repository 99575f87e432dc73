import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  locallyConnectedKernelGradient as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";
import { forEachUnshared } from "./unshared.ts";

/** GRAD-41: from G [N, O, …P] and V [N, C, …X] the gradient dW [O, …P, C, …R] of the weights. */
export function locallyConnectedKernelGradient(
  { G, V }: InputsOf<"locally-connected-kernel-gradient">,
  attributes: AttributesOf<"locally-connected-kernel-gradient">,
): OutputsOf<"locally-connected-kernel-gradient"> {
  check(signature, { inputs: { G, V }, attributes });
  const [N, O, ...P] = G.shape;
  const [, C, ...X] = V.shape;
  const R = attributes.kernel;
  const dW = zeros(G.dtype, [O, ...P, C, ...R]);
  const sums = new Float64Array(sizeOf(dW.shape));
  forEachUnshared({ N, O, C, X, R, P }, attributes, (v, w, z) => {
    sums[w] += G.data[z] * V.data[v];
  });
  dW.data.set(sums);
  return { dW };
}
