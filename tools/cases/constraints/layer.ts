import type { ConstraintCases } from "./case.ts";

const dense: readonly ConstraintCases[] = [
  {
    operator: "dense",
    inputs: { x: { shape: [3, 5] }, W: { shape: [4, 5] }, b: { shape: [4] } },
    attributes: {},
    violations: [
      { name: "formats-differ", inputs: { W: { shape: [4, 5], dtype: "f64" } } },
      { name: "weights-missing", inputs: { W: undefined } },
      { name: "input-not-in-rows", inputs: { x: { shape: [3, 5, 1] } } },
      { name: "weights-rank", inputs: { W: { shape: [4, 5, 1] } } },
      { name: "weights-empty", inputs: { W: { shape: [0, 5] }, b: undefined } },
      { name: "weights-transposed", inputs: { W: { shape: [5, 4] }, b: { shape: [5] } } },
      { name: "bias-length", inputs: { b: { shape: [5] } } },
      { name: "bias-rank", inputs: { b: { shape: [1, 4] } } },
    ],
  },
  {
    operator: "dense-input-gradient",
    inputs: { G: { shape: [3, 4] }, W: { shape: [4, 5] } },
    attributes: {},
    violations: [
      { name: "formats-differ", inputs: { W: { shape: [4, 5], dtype: "f16" } } },
      { name: "gradient-rank", inputs: { G: { shape: [3, 4, 1] } } },
      { name: "weights-rank", inputs: { W: { shape: [4] } } },
      { name: "weights-empty", inputs: { W: { shape: [4, 0] } } },
      { name: "weights-transposed", inputs: { W: { shape: [5, 4] } } },
    ],
  },
  {
    operator: "dense-weight-gradient",
    inputs: { G: { shape: [3, 4] }, x: { shape: [3, 5] } },
    attributes: {},
    violations: [
      { name: "formats-differ", inputs: { x: { shape: [3, 5], dtype: "f64" } } },
      { name: "gradient-rank", inputs: { G: { shape: [3, 4, 1] } } },
      { name: "input-rank", inputs: { x: { shape: [3, 5, 1, 1] } } },
      { name: "input-empty", inputs: { x: { shape: [3, 0] } } },
      { name: "samples-differ", inputs: { x: { shape: [4, 5] } } },
    ],
  },
  {
    operator: "dense-bias-gradient",
    inputs: { G: { shape: [3, 4] } },
    attributes: {},
    violations: [
      { name: "gradient-missing", inputs: { G: undefined } },
      { name: "gradient-rank", inputs: { G: { shape: [3, 4, 2] } } },
      { name: "gradient-empty", inputs: { G: { shape: [3, 0] } } },
    ],
  },
];

const activation: readonly ConstraintCases[] = [
  {
    operator: "relu",
    inputs: { V: { shape: [2, 3, 4] } },
    attributes: {},
    violations: [
      { name: "input-missing", inputs: { V: undefined } },
      { name: "input-empty", inputs: { V: { shape: [2, 0, 4] } } },
    ],
  },
  {
    operator: "relu-gradient",
    inputs: { V: { shape: [2, 3, 4] }, G: { shape: [2, 3, 4] } },
    attributes: {},
    violations: [
      { name: "formats-differ", inputs: { G: { shape: [2, 3, 4], dtype: "f64" } } },
      { name: "gradient-missing", inputs: { G: undefined } },
      { name: "both-empty", inputs: { V: { shape: [2, 0] }, G: { shape: [2, 0] } } },
      { name: "shapes-differ", inputs: { G: { shape: [2, 4, 3] } } },
      { name: "ranks-differ", inputs: { G: { shape: [2, 12] } } },
    ],
  },
];

const C = { shape: [3] };
const batch = { shape: [2, 3, 4] };

const epsilons = [
  { name: "epsilon-negative", attributes: { epsilon: -1e-5 } },
  { name: "epsilon-word", attributes: { epsilon: "1e-5" } },
  { name: "epsilon-per-channel", attributes: { epsilon: [1, 1, 1] } },
];

const perChannel = (name: string) => [
  { name: `${name}-length`, inputs: { [name]: { shape: [2] } } },
  { name: `${name}-rank`, inputs: { [name]: { shape: [1, 3] } } },
];

const norm: readonly ConstraintCases[] = [
  {
    operator: "batch-norm",
    inputs: { x: batch, gamma: C, beta: C },
    attributes: { epsilon: 0.5 },
    violations: [
      { name: "formats-differ", inputs: { gamma: { ...C, dtype: "f64" } } },
      { name: "beta-missing", inputs: { beta: undefined } },
      { name: "input-rank-2", inputs: { x: { shape: [2, 3] } } },
      { name: "no-samples", inputs: { x: { shape: [0, 3, 4] } } },
      ...["gamma", "beta"].flatMap(perChannel),
      ...epsilons,
    ],
  },
  {
    operator: "batch-norm-inference",
    inputs: { x: batch, mean: C, variance: C, gamma: C, beta: C },
    attributes: { epsilon: 0.5 },
    violations: [
      { name: "formats-differ", inputs: { mean: { ...C, dtype: "f64" } } },
      { name: "variance-missing", inputs: { variance: undefined } },
      { name: "input-rank-2", inputs: { x: { shape: [2, 3] } } },
      { name: "input-empty", inputs: { x: { shape: [2, 3, 0] } } },
      ...["mean", "variance", "gamma", "beta"].flatMap(perChannel),
      ...epsilons,
    ],
  },
  {
    operator: "batch-norm-gradient",
    inputs: { x: batch, gamma: C, G: batch },
    attributes: { epsilon: 0.5 },
    violations: [
      { name: "formats-differ", inputs: { G: { ...batch, dtype: "f64" } } },
      { name: "gradient-missing", inputs: { G: undefined } },
      { name: "input-rank-2", inputs: { x: { shape: [2, 3] }, G: { shape: [2, 3] } } },
      { name: "no-samples", inputs: { x: { shape: [0, 3, 4] }, G: { shape: [0, 3, 4] } } },
      ...perChannel("gamma"),
      { name: "gradient-shape", inputs: { G: { shape: [2, 4, 3] } } },
      ...epsilons,
    ],
  },
  {
    operator: "batch-norm-inference-gradient",
    inputs: { G: batch, gamma: C, variance: C },
    attributes: { epsilon: 0.5 },
    violations: [
      { name: "formats-differ", inputs: { variance: { ...C, dtype: "f64" } } },
      { name: "gradient-missing", inputs: { G: undefined } },
      { name: "gradient-rank-2", inputs: { G: { shape: [2, 3] } } },
      { name: "gradient-empty", inputs: { G: { shape: [2, 3, 0] } } },
      ...["gamma", "variance"].flatMap(perChannel),
      ...epsilons,
    ],
  },
];

const join: readonly ConstraintCases[] = [
  {
    operator: "add",
    inputs: { a: { shape: [2, 3, 4] }, b: { shape: [2, 3, 4] } },
    attributes: {},
    violations: [
      { name: "formats-differ", inputs: { b: { shape: [2, 3, 4], dtype: "f64" } } },
      { name: "second-missing", inputs: { b: undefined } },
      { name: "both-empty", inputs: { a: { shape: [2, 0] }, b: { shape: [2, 0] } } },
      { name: "shapes-differ", inputs: { b: { shape: [2, 4, 3] } } },
      { name: "not-stretched", inputs: { b: { shape: [2, 3, 1] } } },
      { name: "ranks-differ", inputs: { b: { shape: [3, 4] } } },
    ],
  },
  {
    operator: "concatenate",
    inputs: { a: { shape: [2, 3, 4, 5] }, b: { shape: [2, 1, 4, 5] }, c: { shape: [2, 2, 4, 5] } },
    attributes: {},
    violations: [
      { name: "formats-differ", inputs: { c: { shape: [2, 2, 4, 5], dtype: "f64" } } },
      { name: "second-missing", inputs: { b: undefined } },
      { name: "rank-2", inputs: { a: { shape: [2, 3] }, b: { shape: [2, 1] }, c: undefined } },
      { name: "no-channels", inputs: { b: { shape: [2, 0, 4, 5] } } },
      { name: "samples-differ", inputs: { b: { shape: [1, 1, 4, 5] } } },
      { name: "places-differ", inputs: { c: { shape: [2, 2, 5, 4] } } },
      { name: "ranks-differ", inputs: { b: { shape: [2, 1, 4] } } },
      { name: "third-missing", inputs: { c: undefined, d: { shape: [2, 2, 4, 5] } } },
    ],
  },
  {
    operator: "concatenate-gradient",
    inputs: { G: { shape: [2, 6, 4, 5] } },
    attributes: { channels: [3, 1, 2], part: 1 },
    violations: [
      { name: "gradient-missing", inputs: { G: undefined } },
      { name: "rank-2", inputs: { G: { shape: [2, 6] } } },
      { name: "gradient-empty", inputs: { G: { shape: [2, 6, 0, 5] } } },
      { name: "channels-do-not-add-up", attributes: { channels: [3, 2, 2] } },
      { name: "channels-zero", attributes: { channels: [4, 0, 2] } },
      { name: "channels-one", attributes: { channels: [6], part: 0 } },
      { name: "channels-five", attributes: { channels: [1, 1, 1, 1, 2] } },
      { name: "channels-number", attributes: { channels: 6 } },
      { name: "part-beyond", attributes: { part: 3 } },
      { name: "part-negative", attributes: { part: -1 } },
      { name: "part-fraction", attributes: { part: 0.5 } },
    ],
  },
];

export const layerConstraints: readonly ConstraintCases[] = [...dense, ...activation, ...norm, ...join];
