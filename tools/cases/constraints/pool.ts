import type { ConstraintCases } from "./case.ts";
import { windowViolations } from "./window.ts";

const poolCases = (operator: "max-pool" | "average-pool"): ConstraintCases => ({
  operator,
  inputs: { V: { shape: [2, 3, 6, 7] } },
  attributes: {
    stride: [1, 1],
    dilation: [1, 1],
    padding: "valid",
    rounding: "floor",
    window: [3, 2],
    ...(operator === "average-pool" ? { divisor: "valid" } : {}),
  },
  violations: [
    { name: "input-missing", inputs: { V: undefined } },
    { name: "input-rank-2", inputs: { V: { shape: [2, 3] } } },
    { name: "input-empty", inputs: { V: { shape: [2, 3, 6, 0] } } },
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
    ...(operator === "average-pool" ? [{ name: "divisor-unknown", attributes: { divisor: "window" } }] : []),
    ...windowViolations,
  ],
});

export const poolConstraints: readonly ConstraintCases[] = [poolCases("max-pool"), poolCases("average-pool")];
