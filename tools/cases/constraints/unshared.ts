import type { ConstraintCases } from "./case.ts";
import { windowViolations } from "./window.ts";

const attributes = { stride: [1, 1], dilation: [1, 1], padding: "valid", rounding: "floor" };

const V = { shape: [2, 3, 6, 7] };
const G = { shape: [2, 5, 4, 6] };
const W = { shape: [5, 4, 6, 3, 3, 2] };
const K = { shape: [5, 3, 3, 2, 2, 3] };

/** Extents of a call that are wrong in number, or not counts. */
const extents = (attribute: string, valid: readonly number[]) => [
  { name: `${attribute}-zero`, attributes: { [attribute]: valid.with(1, 0) } },
  { name: `${attribute}-fraction`, attributes: { [attribute]: valid.with(0, valid[0] + 0.5) } },
  { name: `${attribute}-too-few`, attributes: { [attribute]: valid.slice(1) } },
];

const gradientOfOtherExtents = [
  { name: "gradient-too-wide", inputs: { G: { shape: [2, 5, 4, 7] } } },
  { name: "gradient-of-input-extents", inputs: { G: { shape: [2, 5, 6, 7] } } },
];

const kernelGradient = [
  { name: "formats-differ", inputs: { G: { ...G, dtype: "f64" as const } } },
  { name: "gradient-missing", inputs: { G: undefined } },
  { name: "input-rank-2", inputs: { G: { shape: [2, 5] }, V: { shape: [2, 3] } } },
  { name: "gradient-rank", inputs: { G: { shape: [2, 5, 4] } } },
  { name: "input-empty", inputs: { V: { shape: [2, 3, 0, 7] } } },
  { name: "samples-differ", inputs: { G: { shape: [3, 5, 4, 6] } } },
  ...extents("kernel", [3, 2]),
  { name: "kernel-too-high", attributes: { kernel: [7, 2] } },
  { name: "kernel-of-other-extents", attributes: { kernel: [2, 3] } },
  ...gradientOfOtherExtents,
  ...windowViolations,
];

const inputGradient = (weights: "W" | "K", { shape }: { readonly shape: readonly number[] }) => [
  { name: "formats-differ", inputs: { [weights]: { shape, dtype: "f16" as const } } },
  { name: "gradient-missing", inputs: { G: undefined } },
  { name: "weights-rank-5", inputs: { [weights]: { shape: shape.slice(1) } } },
  { name: "gradient-rank", inputs: { G: { shape: [2, 5, 4] } } },
  { name: "weights-empty", inputs: { [weights]: { shape: shape.with(3, 0) } } },
  { name: "channels", inputs: { G: { shape: [2, 3, 4, 6] } } },
  ...extents("input", [6, 7]),
  { name: "kernel-too-high", attributes: { input: [2, 7] } },
  { name: "input-of-other-extents", attributes: { input: [7, 6] } },
  ...gradientOfOtherExtents,
  ...windowViolations,
];

const forward = (weights: "W" | "K", { shape }: { readonly shape: readonly number[] }) => [
  { name: "formats-differ", inputs: { [weights]: { shape, dtype: "f64" as const } } },
  { name: "weights-missing", inputs: { [weights]: undefined } },
  { name: "weights-rank-5", inputs: { [weights]: { shape: shape.slice(1) } } },
  { name: "weights-of-a-shared-kernel", inputs: { [weights]: { shape: [5, 3, 3, 2] } } },
  { name: "input-rank", inputs: { V: { shape: [2, 3, 6] } } },
  { name: "input-empty", inputs: { V: { shape: [2, 3, 0, 7] } } },
  { name: "channels", inputs: { V: { shape: [2, 4, 6, 7] } } },
  { name: "kernel-too-wide-dilated", attributes: { dilation: [1, 7] } },
  ...windowViolations,
];

export const unsharedConstraints: readonly ConstraintCases[] = [
  {
    operator: "locally-connected",
    inputs: { V, W, b: { shape: [5, 4, 6] } },
    attributes,
    violations: [
      ...forward("W", W),
      { name: "positions", inputs: { W: { shape: [5, 6, 4, 3, 3, 2] }, b: { shape: [5, 6, 4] } } },
      { name: "positions-of-another-stride", attributes: { stride: [2, 1] } },
      { name: "bias-per-channel", inputs: { b: { shape: [5] } } },
      { name: "bias-of-other-positions", inputs: { b: { shape: [5, 6, 4] } } },
    ],
  },
  {
    operator: "locally-connected-input-gradient",
    inputs: { G, W },
    attributes: { ...attributes, input: [6, 7] },
    violations: [
      ...inputGradient("W", W),
      { name: "weights-of-other-positions", inputs: { W: { shape: [5, 6, 4, 3, 3, 2] } } },
    ],
  },
  {
    operator: "locally-connected-kernel-gradient",
    inputs: { G, V },
    attributes: { ...attributes, kernel: [3, 2] },
    violations: kernelGradient,
  },
  {
    operator: "locally-connected-bias-gradient",
    inputs: { G },
    attributes: {},
    violations: [
      { name: "gradient-missing", inputs: { G: undefined } },
      { name: "gradient-rank-2", inputs: { G: { shape: [2, 5] } } },
      { name: "gradient-empty", inputs: { G: { shape: [2, 5, 0] } } },
    ],
  },
  {
    operator: "tiled",
    inputs: { V, K, b: { shape: [5] } },
    attributes,
    violations: [
      ...forward("K", K),
      { name: "tiles-empty", inputs: { K: { shape: [5, 3, 3, 2, 2, 0] } } },
      { name: "bias-length", inputs: { b: { shape: [3] } } },
      { name: "bias-per-tile", inputs: { b: { shape: [5, 2, 3] } } },
    ],
  },
  {
    operator: "tiled-input-gradient",
    inputs: { G, K },
    attributes: { ...attributes, input: [6, 7] },
    violations: inputGradient("K", K),
  },
  {
    operator: "tiled-kernel-gradient",
    inputs: { G, V },
    attributes: { ...attributes, kernel: [3, 2], tiles: [2, 3] },
    violations: [...kernelGradient, ...extents("tiles", [2, 3])],
  },
];
