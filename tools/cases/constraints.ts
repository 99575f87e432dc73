import type { OperatorName, Shape } from "../../spec/index.ts";

/** The shape of each input of a call; the format is f32 unless given. */
export type CallShapes = Readonly<Record<string, { readonly shape: Shape; readonly dtype?: "f16" | "f64" }>>;

/** One change of the valid call that makes it violate a constraint. Inputs set to undefined are left out. */
export interface Violation {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, { readonly shape: Shape; readonly dtype?: "f16" | "f64" } | undefined>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface ConstraintCases {
  readonly operator: OperatorName;
  readonly inputs: CallShapes;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly violations: readonly Violation[];
}

const windowViolations: readonly Violation[] = [
  { name: "stride-zero", attributes: { stride: [1, 0] } },
  { name: "stride-negative", attributes: { stride: [-1, 1] } },
  { name: "stride-fraction", attributes: { stride: [1, 1.5] } },
  { name: "stride-too-few", attributes: { stride: [1] } },
  { name: "stride-no-list", attributes: { stride: 2 } },
  { name: "dilation-zero", attributes: { dilation: [0, 1] } },
  { name: "dilation-negative", attributes: { dilation: [1, -2] } },
  { name: "dilation-too-many", attributes: { dilation: [1, 1, 1] } },
  {
    name: "padding-negative",
    attributes: {
      padding: [
        [0, -1],
        [0, 0],
      ],
    },
  },
  {
    name: "padding-fraction",
    attributes: {
      padding: [
        [0.5, 0],
        [0, 0],
      ],
    },
  },
  { name: "padding-too-few", attributes: { padding: [[0, 0]] } },
  { name: "padding-no-pairs", attributes: { padding: [1, 1] } },
  { name: "padding-unknown", attributes: { padding: "mirror" } },
  { name: "rounding-unknown", attributes: { rounding: "nearest" } },
  { name: "strict-does-not-fit", attributes: { rounding: "strict", stride: [1, 4] } },
];

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

export const constraintCases: readonly ConstraintCases[] = [
  kernelCases("correlate"),
  kernelCases("convolve"),
  poolCases("max-pool"),
  poolCases("average-pool"),
];
