import type { ConstraintCases } from "./case.ts";
import { windowViolations } from "./window.ts";

const kernelCases = (operator: "correlate" | "convolve"): ConstraintCases => ({
  operator,
  inputs: { V: { shape: [2, 4, 6, 7] }, K: { shape: [6, 4, 3, 2] }, b: { shape: [6] } },
  attributes: { stride: [1, 1], dilation: [1, 1], padding: "valid", rounding: "floor", groups: 1 },
  violations: [
    { name: "formats-differ", inputs: { K: { shape: [6, 4, 3, 2], dtype: "f64" } } },
    { name: "kernel-missing", inputs: { K: undefined } },
    { name: "input-rank-2", inputs: { V: { shape: [2, 4] }, K: { shape: [6, 4] } } },
    { name: "input-rank-6", inputs: { V: { shape: [2, 4, 2, 2, 2, 2] }, K: { shape: [6, 4, 1, 1, 1, 1] } } },
    { name: "kernel-rank", inputs: { K: { shape: [6, 4, 3] } } },
    { name: "input-empty", inputs: { V: { shape: [2, 4, 0, 7] } } },
    { name: "kernel-empty", inputs: { K: { shape: [6, 4, 3, 0] } } },
    { name: "channels", inputs: { V: { shape: [2, 3, 6, 7] } } },
    { name: "channels-of-a-group", inputs: { K: { shape: [6, 3, 3, 2] } }, attributes: { groups: 2 } },
    { name: "kernel-too-high", inputs: { K: { shape: [6, 4, 7, 2] } } },
    { name: "kernel-too-wide-dilated", attributes: { dilation: [1, 7] } },
    { name: "groups-zero", attributes: { groups: 0 } },
    { name: "groups-fraction", attributes: { groups: 1.5 } },
    {
      name: "groups-do-not-divide",
      inputs: { K: { shape: [5, 2, 3, 2] }, b: { shape: [5] } },
      attributes: { groups: 2 },
    },
    { name: "bias-length", inputs: { b: { shape: [5] } } },
    { name: "bias-rank", inputs: { b: { shape: [6, 1] } } },
    ...windowViolations,
  ],
});

export const kernelConstraints: readonly ConstraintCases[] = [kernelCases("correlate"), kernelCases("convolve")];
