import type { ConstraintCases } from "./case.ts";

export const updateConstraints: readonly ConstraintCases[] = [
  {
    operator: "update",
    inputs: { w: { shape: [3, 4, 2] }, g: { shape: [3, 4, 2] } },
    attributes: { rate: 0.5 },
    violations: [
      { name: "formats-differ", inputs: { g: { shape: [3, 4, 2], dtype: "f64" } } },
      { name: "gradient-missing", inputs: { g: undefined } },
      { name: "weights-empty", inputs: { w: { shape: [3, 0] }, g: { shape: [3, 0] } } },
      { name: "shapes-differ", inputs: { g: { shape: [4, 3, 2] } } },
      { name: "ranks-differ", inputs: { g: { shape: [3, 4, 2, 1] } } },
      { name: "rate-word", attributes: { rate: "0.5" } },
      { name: "rate-per-element", attributes: { rate: [0.5] } },
    ],
  },
];
