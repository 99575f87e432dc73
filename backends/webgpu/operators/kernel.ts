import { transposedExtents } from "../../../spec/index.ts";
import { slide } from "./axes.ts";
import type { Plan } from "./plan.ts";
import { forward, inputGradient, kernelGradient } from "./slide.ts";
import { shared } from "./weights.ts";

/** CORR-9 and CONV-5: V [N, C, …X] and K [O, C/groups, …R]. */
const correlation =
  (flipped: boolean): Plan<"correlate"> =>
  (on, { inputs: { V, K, b }, attributes, outputs: { Z } }) => {
    const [[N], [O, C, ...R]] = [V.shape, K.shape];
    const window = slide(V.shape.slice(2), R, attributes);
    const { groups } = attributes;
    forward(on, { slide: window, weights: shared(C, R), N, O, C, groups, flipped }, { V, K, b, Z });
  };

/** GRAD-6 and GRAD-8: G [N, O, …P] and K [O, C/groups, …R]. */
const correlationInputGradient =
  (flipped: boolean): Plan<"correlate-input-gradient"> =>
  (on, { inputs: { G, K }, attributes, outputs: { dV } }) => {
    const [[N], [O, C, ...R]] = [G.shape, K.shape];
    const { groups, input } = attributes;
    const window = slide(input, R, attributes);
    inputGradient(on, { slide: window, weights: shared(C, R), N, O, C, groups, flipped }, { G, K, dV });
  };

/** GRAD-3 and GRAD-7: G [N, O, …P] and V [N, C, …X]. */
const correlationKernelGradient =
  (flipped: boolean): Plan<"correlate-kernel-gradient"> =>
  (on, { inputs: { G, V }, attributes, outputs: { dK } }) => {
    const [N, channels, ...X] = V.shape;
    const { groups, kernel: R } = attributes;
    const [O, C] = [G.shape[1], channels / groups];
    const window = slide(X, R, attributes);
    kernelGradient(on, { slide: window, weights: shared(C, R), N, O, C, groups, flipped }, { G, V, dK });
  };

/** GRAD-10: the input gradient of a correlation of V's extents, with a bias. */
const correlateTranspose: Plan<"correlate-transpose"> = (on, { inputs: { V, K, b }, attributes, outputs: { Z } }) => {
  const [N, O, ...P] = V.shape;
  const [, C, ...R] = K.shape;
  const { groups } = attributes;
  const X = transposedExtents(P, R, attributes);
  const window = slide(X, R, { ...attributes, rounding: "floor" });
  inputGradient(on, { slide: window, weights: shared(C, R), N, O, C, groups }, { G: V, K, b, dV: Z });
};

export const kernelPlans = {
  correlate: correlation(false),
  convolve: correlation(true),
  "correlate-input-gradient": correlationInputGradient(false),
  "convolve-input-gradient": correlationInputGradient(true),
  "correlate-kernel-gradient": correlationKernelGradient(false),
  "convolve-kernel-gradient": correlationKernelGradient(true),
  "correlate-transpose": correlateTranspose,
};
