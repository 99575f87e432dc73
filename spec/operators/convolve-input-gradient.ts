import type { Operator } from "../operator.ts";
import { correlateInputGradient, type InputGradient, inputGradientConstraints } from "./correlate-input-gradient.ts";

/** It takes the inputs and attributes of its sibling; only the direction of the kernel's indices differs. */
export type ConvolveInputGradient = InputGradient;

/** GRAD-8: from G [N, O, …P] and K [O, C/groups, …R] the gradient dV [N, C, …X] of convolution's input. */
export const convolveInputGradient: Operator<ConvolveInputGradient> = {
  ...correlateInputGradient,
  name: "convolve-input-gradient",
  clauses: ["GRAD-8", "GRAD-11", "GRAD-12"],
  constraints: inputGradientConstraints((number) => `GRAD-8.C${number}`),
};
