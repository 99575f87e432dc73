import type { Operator } from "../operator.ts";
import {
  correlateKernelGradient,
  type KernelGradient,
  kernelGradientConstraints,
} from "./correlate-kernel-gradient.ts";

/** It takes the inputs and attributes of its sibling; only the direction of the kernel's indices differs. */
export type ConvolveKernelGradient = KernelGradient;

/** GRAD-7: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C/groups, …R] of convolution's kernel. */
export const convolveKernelGradient: Operator<ConvolveKernelGradient> = {
  ...correlateKernelGradient,
  name: "convolve-kernel-gradient",
  clauses: ["GRAD-7", "GRAD-11", "GRAD-12"],
  constraints: kernelGradientConstraints((number) => `GRAD-7.C${number}`),
};
