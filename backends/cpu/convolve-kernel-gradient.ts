import { declaresKernel } from "./correlate.ts";
import { kernelGradient } from "./correlate-kernel-gradient.ts";
import type { Operator } from "./operator.ts";

/** GRAD-7: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C/groups, …R] of convolution's kernel. */
export const convolveKernelGradient: Operator<"convolve-kernel-gradient"> = {
  run: (scope, inputs, attributes) => kernelGradient(scope, inputs, attributes, true),
  declares: declaresKernel,
};
