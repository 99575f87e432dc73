import { declaresKernel, slidingKernel } from "./correlate.ts";
import type { Operator } from "./operator.ts";

/** CONV-5: convolution of V [N, C, …X] with K [O, C/groups, …R], giving Z [N, O, …P]. */
export const convolve: Operator<"convolve"> = {
  run: (scope, inputs, attributes) => slidingKernel(scope, inputs, attributes, true),
  declares: declaresKernel,
};
