import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  convolveKernelGradient as signature,
} from "../../../spec/index.ts";
import { kernelGradient } from "./correlate-kernel-gradient.ts";

/** GRAD-7: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C/groups, …R] of convolution's kernel. */
export function convolveKernelGradient(
  inputs: InputsOf<"convolve-kernel-gradient">,
  attributes: AttributesOf<"convolve-kernel-gradient">,
): OutputsOf<"convolve-kernel-gradient"> {
  check(signature, { inputs, attributes });
  return kernelGradient(inputs, attributes, true);
}
