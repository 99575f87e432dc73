import type { ConstraintCases, Violation } from "./case.ts";
import { windowViolations } from "./window.ts";

const attributes = { stride: [1, 1], dilation: [1, 1], padding: "valid", rounding: "floor", groups: 1 };

const groups: readonly Violation[] = [
  { name: "groups-zero", attributes: { groups: 0 } },
  { name: "groups-fraction", attributes: { groups: 1.5 } },
];

const kernelGradient = (forward: "correlate" | "convolve"): ConstraintCases => ({
  operator: `${forward}-kernel-gradient`,
  inputs: { G: { shape: [2, 6, 4, 6] }, V: { shape: [2, 4, 6, 7] } },
  attributes: { ...attributes, kernel: [3, 2] },
  violations: [
    { name: "formats-differ", inputs: { G: { shape: [2, 6, 4, 6], dtype: "f64" } } },
    { name: "gradient-missing", inputs: { G: undefined } },
    { name: "input-rank-2", inputs: { G: { shape: [2, 6] }, V: { shape: [2, 4] } } },
    { name: "gradient-rank", inputs: { G: { shape: [2, 6, 4] } } },
    { name: "input-empty", inputs: { V: { shape: [2, 4, 0, 7] } } },
    { name: "samples-differ", inputs: { G: { shape: [3, 6, 4, 6] } } },
    ...groups,
    { name: "groups-do-not-divide-outputs", inputs: { G: { shape: [2, 5, 4, 6] } }, attributes: { groups: 2 } },
    { name: "groups-do-not-divide-inputs", inputs: { V: { shape: [2, 5, 6, 7] } }, attributes: { groups: 2 } },
    { name: "kernel-zero", attributes: { kernel: [3, 0] } },
    { name: "kernel-fraction", attributes: { kernel: [2.5, 2] } },
    { name: "kernel-too-few", attributes: { kernel: [3] } },
    { name: "kernel-too-high", attributes: { kernel: [7, 2] } },
    { name: "kernel-of-other-extents", attributes: { kernel: [2, 3] } },
    { name: "gradient-too-wide", inputs: { G: { shape: [2, 6, 4, 7] } } },
    { name: "gradient-of-input-extents", inputs: { G: { shape: [2, 6, 6, 7] } } },
    ...windowViolations,
  ],
});

const inputGradient = (forward: "correlate" | "convolve"): ConstraintCases => ({
  operator: `${forward}-input-gradient`,
  inputs: { G: { shape: [2, 6, 4, 6] }, K: { shape: [6, 4, 3, 2] } },
  attributes: { ...attributes, input: [6, 7] },
  violations: [
    { name: "formats-differ", inputs: { K: { shape: [6, 4, 3, 2], dtype: "f16" } } },
    { name: "gradient-missing", inputs: { G: undefined } },
    { name: "kernel-rank-2", inputs: { G: { shape: [2, 6] }, K: { shape: [6, 4] } } },
    { name: "gradient-rank", inputs: { G: { shape: [2, 6, 4] } } },
    { name: "kernel-empty", inputs: { K: { shape: [6, 4, 0, 2] } } },
    ...groups,
    {
      name: "groups-do-not-divide",
      inputs: { G: { shape: [2, 5, 4, 6] }, K: { shape: [5, 4, 3, 2] } },
      attributes: { groups: 2 },
    },
    { name: "channels", inputs: { G: { shape: [2, 4, 4, 6] } } },
    { name: "input-zero", attributes: { input: [0, 7] } },
    { name: "input-fraction", attributes: { input: [6, 6.5] } },
    { name: "input-too-few", attributes: { input: [6] } },
    { name: "kernel-too-high", attributes: { input: [2, 7] } },
    { name: "input-of-other-extents", attributes: { input: [7, 6] } },
    { name: "gradient-too-wide", inputs: { G: { shape: [2, 6, 4, 7] } } },
    ...windowViolations,
  ],
});

const biasGradient: ConstraintCases = {
  operator: "bias-gradient",
  inputs: { G: { shape: [2, 6, 4, 3] } },
  attributes: {},
  violations: [
    { name: "gradient-missing", inputs: { G: undefined } },
    { name: "gradient-rank-2", inputs: { G: { shape: [2, 6] } } },
    { name: "gradient-rank-6", inputs: { G: { shape: [2, 6, 1, 1, 1, 1] } } },
    { name: "gradient-empty", inputs: { G: { shape: [2, 0, 4, 3] } } },
  ],
};

export const kernelGradientConstraints: readonly ConstraintCases[] = [
  kernelGradient("correlate"),
  kernelGradient("convolve"),
  inputGradient("correlate"),
  inputGradient("convolve"),
  biasGradient,
];
