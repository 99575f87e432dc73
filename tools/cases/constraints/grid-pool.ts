import type { ConstraintCases, Violation } from "./case.ts";

const ofTheGrid: readonly Violation[] = [
  { name: "grid-zero", attributes: { grid: [2, 0] } },
  { name: "grid-fraction", attributes: { grid: [2.5, 3] } },
  { name: "grid-too-few", attributes: { grid: [2] } },
  { name: "grid-no-list", attributes: { grid: 2 } },
];

const ofTheInput: readonly Violation[] = [
  { name: "input-missing", inputs: { V: undefined } },
  { name: "input-rank-2", inputs: { V: { shape: [2, 6] } } },
  { name: "input-empty", inputs: { V: { shape: [2, 6, 0, 7] } } },
];

const adaptive = (operator: "adaptive-max-pool" | "adaptive-average-pool"): ConstraintCases => ({
  operator,
  inputs: { V: { shape: [2, 6, 5, 7] } },
  attributes: { grid: [2, 3] },
  violations: [...ofTheInput, ...ofTheGrid],
});

const adaptiveMaxGradient: ConstraintCases = {
  operator: "adaptive-max-pool-gradient",
  inputs: { V: { shape: [2, 6, 5, 7] }, G: { shape: [2, 6, 2, 3] } },
  attributes: { grid: [2, 3] },
  violations: [
    ...ofTheInput,
    ...ofTheGrid,
    { name: "formats-differ", inputs: { G: { shape: [2, 6, 2, 3], dtype: "f64" } } },
    { name: "error-missing", inputs: { G: undefined } },
    { name: "error-of-the-input", inputs: { G: { shape: [2, 6, 5, 7] } } },
    { name: "error-of-other-channels", inputs: { G: { shape: [2, 1, 2, 3] } } },
    { name: "error-transposed", attributes: { grid: [3, 2] } },
  ],
};

const adaptiveAverageGradient: ConstraintCases = {
  operator: "adaptive-average-pool-gradient",
  inputs: { G: { shape: [2, 6, 2, 3] } },
  attributes: { input: [5, 7] },
  violations: [
    { name: "error-missing", inputs: { G: undefined } },
    { name: "error-rank-2", inputs: { G: { shape: [2, 6] } } },
    { name: "error-empty", inputs: { G: { shape: [2, 6, 0, 3] } } },
    { name: "input-too-few", attributes: { input: [5] } },
    { name: "input-zero", attributes: { input: [5, 0] } },
    { name: "input-fraction", attributes: { input: [5.5, 7] } },
  ],
};

const ofTheSize: readonly Violation[] = [
  { name: "size-zero", attributes: { size: 0 } },
  { name: "size-negative", attributes: { size: -3 } },
  { name: "size-fraction", attributes: { size: 1.5 } },
  { name: "size-does-not-divide", attributes: { size: 4 } },
  { name: "size-beyond-channels", attributes: { size: 12 } },
];

const channel: ConstraintCases = {
  operator: "channel-pool",
  inputs: { V: { shape: [2, 6, 5, 7] } },
  attributes: { size: 3 },
  violations: [...ofTheInput, ...ofTheSize],
};

const channelGradient: ConstraintCases = {
  operator: "channel-pool-gradient",
  inputs: { V: { shape: [2, 6, 5, 7] }, G: { shape: [2, 2, 5, 7] } },
  attributes: { size: 3 },
  violations: [
    ...ofTheInput,
    ...ofTheSize,
    { name: "formats-differ", inputs: { G: { shape: [2, 2, 5, 7], dtype: "f64" } } },
    { name: "error-missing", inputs: { G: undefined } },
    { name: "error-of-the-input", inputs: { G: { shape: [2, 6, 5, 7] } } },
    { name: "error-of-other-groups", attributes: { size: 2 } },
  ],
};

/** The calls that pooling to a grid and over channels, and their gradients, must refuse. */
export const gridPoolConstraints: readonly ConstraintCases[] = [
  adaptive("adaptive-max-pool"),
  adaptive("adaptive-average-pool"),
  adaptiveMaxGradient,
  adaptiveAverageGradient,
  channel,
  channelGradient,
];
