import type { ConstraintCases } from "./case.ts";
import { windowViolations } from "./window.ts";

type PoolOperator = "max-pool" | "average-pool" | "sum-pool" | "l2-pool" | "weighted-pool" | "max-pool-winners";

const poolCases = (operator: PoolOperator): ConstraintCases => ({
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
    ...(operator === "max-pool-winners"
      ? [{ name: "plane-beyond-format", inputs: { V: { shape: [1, 1, 50, 41], dtype: "f16" as const } } }]
      : []),
    ...windowViolations,
  ],
});

export const poolConstraints: readonly ConstraintCases[] = [
  poolCases("max-pool"),
  poolCases("average-pool"),
  poolCases("sum-pool"),
  poolCases("l2-pool"),
  poolCases("weighted-pool"),
  poolCases("max-pool-winners"),
];
