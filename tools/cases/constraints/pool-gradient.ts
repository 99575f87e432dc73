import type { ConstraintCases } from "./case.ts";
import { windowViolations } from "./window.ts";

const attributes = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: "valid",
  rounding: "floor",
  window: [3, 2],
};

/** What violates the constraints of a pooling window, whatever the inputs are. */
const ofTheWindow = [
  { name: "window-zero", attributes: { window: [3, 0] } },
  { name: "window-fraction", attributes: { window: [2.5, 2] } },
  { name: "window-too-few", attributes: { window: [3] } },
  { name: "window-too-high", attributes: { window: [7, 2] } },
  {
    name: "padding-beyond-window",
    attributes: {
      padding: [
        [0, 0],
        [2, 0],
      ],
    },
  },
  ...windowViolations,
];

const ofTheError = [
  { name: "error-missing", inputs: { G: undefined } },
  { name: "error-empty", inputs: { G: { shape: [2, 3, 4, 0] } } },
  { name: "error-of-the-input", inputs: { G: { shape: [2, 3, 6, 7] } } },
  { name: "error-transposed", inputs: { G: { shape: [2, 3, 6, 4] } } },
];

const takingV = (operator: "max-pool-gradient" | "l2-pool-gradient"): ConstraintCases => ({
  operator,
  inputs: { V: { shape: [2, 3, 6, 7] }, G: { shape: [2, 3, 4, 6] } },
  attributes,
  violations: [
    { name: "input-missing", inputs: { V: undefined } },
    { name: "formats-differ", inputs: { G: { shape: [2, 3, 4, 6], dtype: "f64" } } },
    { name: "input-rank-2", inputs: { V: { shape: [2, 3] } } },
    { name: "input-empty", inputs: { V: { shape: [2, 3, 6, 0] } } },
    { name: "error-of-another-batch", inputs: { G: { shape: [1, 3, 4, 6] } } },
    { name: "error-of-other-channels", inputs: { G: { shape: [2, 1, 4, 6] } } },
    { name: "error-of-another-stride", attributes: { stride: [2, 1] } },
    ...ofTheError,
    ...ofTheWindow,
  ],
});

const takingExtents = (
  operator: "average-pool-gradient" | "sum-pool-gradient" | "weighted-pool-gradient",
): ConstraintCases => ({
  operator,
  inputs: { G: { shape: [2, 3, 4, 6] } },
  attributes: { ...attributes, input: [6, 7], ...(operator === "average-pool-gradient" ? { divisor: "valid" } : {}) },
  violations: [
    { name: "error-rank-2", inputs: { G: { shape: [2, 3] } } },
    { name: "input-too-few", attributes: { input: [6] } },
    { name: "input-zero", attributes: { input: [6, 0] } },
    { name: "input-fraction", attributes: { input: [6.5, 7] } },
    { name: "input-too-large", attributes: { input: [8, 7] } },
    ...(operator === "average-pool-gradient" ? [{ name: "divisor-unknown", attributes: { divisor: "window" } }] : []),
    ...ofTheError,
    ...ofTheWindow,
  ],
});

/** The calls that the gradients of pooling windows must refuse. */
export const poolGradientConstraints: readonly ConstraintCases[] = [
  takingV("max-pool-gradient"),
  takingV("l2-pool-gradient"),
  takingExtents("average-pool-gradient"),
  takingExtents("sum-pool-gradient"),
  takingExtents("weighted-pool-gradient"),
];
