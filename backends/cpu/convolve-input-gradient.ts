import { declaresKernel } from "./correlate.ts";
import { inputGradient } from "./correlate-input-gradient.ts";
import type { Operator } from "./operator.ts";

/** GRAD-8: from G [N, O, …P] and K [O, C/groups, …R] the gradient dV [N, C, …X] of convolution's input. */
export const convolveInputGradient: Operator<"convolve-input-gradient"> = {
  run: (scope, inputs, attributes) => inputGradient(scope, inputs, attributes, true),
  declares: declaresKernel,
};
