import type { ClauseId, OperatorName, Shape } from "../../spec/index.ts";
import type { CaseSpec, TypedCase } from "./case.ts";

const formats = ["f16", "f32", "f64"] as const;

/** Batches with channels, extents that differ pairwise. */
const batches: readonly (readonly [name: string, title: string, shape: Shape, epsilon: number])[] = [
  ["line", "a batch of lines", [3, 2, 5], 1e-5],
  ["plane", "a batch of planes", [2, 3, 4, 5], 1e-3],
  ["volume", "a batch of volumes", [2, 4, 3, 1, 5], 0.1],
  ["one-place", "one place: the output of a dense layer", [7, 3, 1], 0.5],
  ["one-sample", "one sample: statistics over its places", [1, 3, 2, 6], 2],
];

/** A format of few digits has less room: its sums are shorter. */
const inHalf = ["line", "one-sample", "one-place"];

const perChannel = (names: readonly string[], C: number): Record<string, Shape> =>
  Object.fromEntries(names.map((name) => [name, [C]]));

interface Reading {
  readonly operator: OperatorName;
  readonly clause: ClauseId;
  readonly batch: readonly string[];
  readonly perChannel: readonly string[];
}

const readings: readonly Reading[] = [
  { operator: "batch-norm", clause: "NORM-2", batch: ["x"], perChannel: ["gamma", "beta"] },
  {
    operator: "batch-norm-inference",
    clause: "NORM-3",
    batch: ["x"],
    perChannel: ["mean", "variance", "gamma", "beta"],
  },
  { operator: "batch-norm-gradient", clause: "GRAD-49", batch: ["x", "G"], perChannel: ["gamma"] },
  { operator: "batch-norm-inference-gradient", clause: "GRAD-50", batch: ["G"], perChannel: ["gamma", "variance"] },
];

const drawn = readings.flatMap(({ operator, clause, batch, perChannel: single }) =>
  batches.flatMap(([name, title, shape, epsilon]) =>
    formats
      .filter((dtype) => dtype !== "f16" || inHalf.includes(name))
      .map(
        (dtype): CaseSpec => ({
          operator,
          name: `${name}-${dtype}`,
          title: `${title}, real data of ${dtype}`,
          clauses: [clause],
          data: "real",
          dtype,
          positive: ["variance"],
          shapes: { ...Object.fromEntries(batch.map((of) => [of, shape])), ...perChannel(single, shape[1]) },
          attributes: { epsilon },
        }),
      ),
  ),
);

/** The formula of the notes, which has no ε. */
const withoutEpsilon = formats.map(
  (dtype): CaseSpec<"batch-norm"> => ({
    operator: "batch-norm",
    name: `no-epsilon-${dtype}`,
    title: `mean zero and unit standard deviation, without ε, real data of ${dtype}`,
    clauses: ["NORM-1", "NORM-2"],
    data: "real",
    dtype,
    shapes: { x: [3, 2, 4], ...perChannel(["gamma", "beta"], 2) },
    attributes: { epsilon: 0 },
  }),
);

export const normCases: readonly CaseSpec[] = [...drawn, ...withoutEpsilon];

const list = (...values: TypedCase["inputs"][string]["values"]) => ({ shape: [values.length], values });

export const normTyped: readonly TypedCase[] = [
  {
    operator: "batch-norm",
    name: "whole-numbers",
    title: "a variance that with ε is a square: every result is a short fraction",
    clauses: ["NORM-2"],
    dtypes: formats,
    inputs: {
      x: { shape: [2, 2, 2], values: [1, 3, 12, 2, 1, 3, 8, 6] },
      gamma: list(2, -3),
      beta: list(5, 1),
    },
    attributes: { epsilon: 3 },
  },
  {
    operator: "batch-norm",
    name: "constant-channel",
    title: "a constant channel gives beta",
    clauses: ["NORM-2", "NORM-4"],
    dtypes: formats,
    inputs: {
      x: { shape: [2, 2, 3], values: [7, 7, 7, 7, 1, 4, 7, 7, 7, 4, 4, 4] },
      gamma: list(2, -3),
      beta: list(5, 1),
    },
    attributes: { epsilon: 1 },
  },
  {
    operator: "batch-norm",
    name: "one-element",
    title: "a channel of one element is constant",
    clauses: ["NORM-2"],
    dtypes: formats,
    inputs: { x: { shape: [1, 3, 1], values: [4, -2, 8] }, gamma: list(2, 3, -1), beta: list(5, 1, 7) },
    attributes: { epsilon: 1e-5 },
  },
  {
    operator: "batch-norm",
    name: "large-mean",
    title: "deviations of a few units from a mean of 4096: E[x²] − μ² in single precision loses them",
    clauses: ["NORM-2", "NORM-4"],
    dtypes: ["f32"],
    inputs: {
      x: { shape: [2, 1, 5], values: [4096, 4098, 4095, 4097, 4099, 4096, 4094, 4097, 4098, 4095] },
      gamma: list(3),
      beta: list(-1),
    },
    attributes: { epsilon: 1e-5 },
  },
  {
    operator: "batch-norm",
    name: "not-finite",
    title: "NaN and infinities reach their own channel, all of it, and no other",
    clauses: ["NORM-2"],
    dtypes: formats,
    inputs: {
      x: { shape: [2, 3, 2], values: [1, "NaN", 1, 3, 8, 4, 5, 6, 5, "Infinity", 4, 4] },
      gamma: list(2, 3, 4),
      beta: list(1, 2, 3),
    },
    attributes: { epsilon: 1 },
  },
  {
    operator: "batch-norm-inference",
    name: "negative-variance",
    title: "variance + ε below zero gives NaN, at zero the quotient of IEEE 754",
    clauses: ["NORM-3"],
    dtypes: formats,
    inputs: {
      x: { shape: [1, 4, 3], values: [1, 2, 3, 4, 5, 6, 3, 5, 7, 2, 4, 8] },
      mean: list(2, 5, 5, 1),
      variance: list(-4, -1, 0, 3),
      gamma: list(1, 2, 3, 5),
      beta: list(7, 8, 9, 2),
    },
    attributes: { epsilon: 1 },
  },
  {
    operator: "batch-norm-inference",
    name: "not-finite",
    title: "a value that is not finite reaches its own element alone; an infinite variance gives beta",
    clauses: ["NORM-3"],
    dtypes: formats,
    inputs: {
      x: { shape: [1, 2, 4], values: [1, "NaN", "Infinity", "-Infinity", 1, 2, 3, 4] },
      mean: list(2, 5),
      variance: list(3, "Infinity"),
      gamma: list(2, 3),
      beta: list(7, 8),
    },
    attributes: { epsilon: 1 },
  },
  {
    operator: "batch-norm-gradient",
    name: "whole-numbers",
    title: "a variance that with ε is a square: every result is a short fraction",
    clauses: ["GRAD-49"],
    dtypes: formats,
    inputs: {
      x: { shape: [2, 1, 2], values: [1, 3, 1, 3] },
      gamma: list(4),
      G: { shape: [2, 1, 2], values: [5, -2, 9, 4] },
    },
    attributes: { epsilon: 3 },
  },
  {
    operator: "batch-norm-gradient",
    name: "not-finite",
    title: "NaN and infinities reach their own channel",
    clauses: ["GRAD-49"],
    dtypes: formats,
    inputs: {
      x: { shape: [2, 3, 2], values: [1, "NaN", 1, 3, 8, 4, 5, 6, 5, 7, 4, 4] },
      gamma: list(2, 3, 4),
      G: { shape: [2, 3, 2], values: [1, 2, 3, "Infinity", 2, 6, 2, 6, 1, 7, 3, 5] },
    },
    attributes: { epsilon: 1 },
  },
  {
    operator: "batch-norm-inference-gradient",
    name: "not-finite",
    title: "an error that is not finite reaches its own element alone; a negative variance gives NaN",
    clauses: ["GRAD-50"],
    dtypes: formats,
    inputs: {
      G: { shape: [1, 2, 4], values: [1, "NaN", "Infinity", 4, 1, 2, 3, 5] },
      gamma: list(2, 3),
      variance: list(3, -4),
    },
    attributes: { epsilon: 1 },
  },
];
