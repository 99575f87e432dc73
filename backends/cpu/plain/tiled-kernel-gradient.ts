import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  tiledKernelGradient as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";
import { forEachTiled } from "./unshared.ts";

/** GRAD-44: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C, …R, …t] of the kernels. */
export function tiledKernelGradient(
  { G, V }: InputsOf<"tiled-kernel-gradient">,
  attributes: AttributesOf<"tiled-kernel-gradient">,
): OutputsOf<"tiled-kernel-gradient"> {
  check(signature, { inputs: { G, V }, attributes });
  const [N, O, ...P] = G.shape;
  const [, C, ...X] = V.shape;
  const { kernel: R, tiles: t } = attributes;
  const dK = zeros(G.dtype, [O, C, ...R, ...t]);
  const sums = new Float64Array(sizeOf(dK.shape));
  forEachTiled({ N, O, C, X, R, P }, t, attributes, (v, w, z) => {
    sums[w] += G.data[z] * V.data[v];
  });
  dK.data.set(sums);
  return { dK };
}
