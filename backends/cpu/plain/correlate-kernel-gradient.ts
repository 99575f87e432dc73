import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  correlateKernelGradient as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";
import { forEachTerm } from "./terms.ts";

/** GRAD-3 and GRAD-7: every product of the forward sums, summed in double precision for the weight it has. */
export function kernelGradient(
  { G, V }: InputsOf<"correlate-kernel-gradient">,
  attributes: AttributesOf<"correlate-kernel-gradient">,
  flipped: boolean,
): OutputsOf<"correlate-kernel-gradient"> {
  const [N, channels, ...X] = V.shape;
  const { groups, kernel: R } = attributes;
  const [O, C] = [G.shape[1], channels / groups];
  const dK = zeros(G.dtype, [O, C, ...R]);
  const sums = new Float64Array(sizeOf(dK.shape));
  forEachTerm({ N, O, C, X, R, groups }, attributes, flipped, (v, k, z) => {
    sums[k] += G.data[z] * V.data[v];
  });
  dK.data.set(sums);
  return { dK };
}

/** GRAD-3: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C/groups, …R] of cross-correlation's kernel. */
export function correlateKernelGradient(
  inputs: InputsOf<"correlate-kernel-gradient">,
  attributes: AttributesOf<"correlate-kernel-gradient">,
): OutputsOf<"correlate-kernel-gradient"> {
  check(signature, { inputs, attributes });
  return kernelGradient(inputs, attributes, false);
}
