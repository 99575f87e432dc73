import type { ClauseId, OperatorName, Shape } from "../../spec/index.ts";
import type { CaseSpec, TypedCase } from "./case.ts";

const exact = (
  operator: OperatorName,
  clause: ClauseId,
  name: string,
  title: string,
  shapes: Readonly<Record<string, Shape>>,
): CaseSpec => ({ operator, name, title, clauses: [clause], data: "exact", shapes, attributes: {} });

const forward = [
  exact("dense", "DENSE-1", "matrix", "a matrix times a vector for each sample", { x: [3, 5], W: [4, 5] }),
  exact("dense", "DENSE-1", "bias", "a bias for each output", { x: [2, 7], W: [3, 7], b: [3] }),
  exact("dense", "DENSE-1", "one-output", "one output: an inner product", { x: [3, 8], W: [1, 8], b: [1] }),
  exact("dense", "DENSE-1", "one-input", "one input: an outer product", { x: [4, 1], W: [5, 1] }),
  exact("dense", "DENSE-2", "image", "an image of 3 × 4 in a row, to an image of 3 × 4", {
    x: [1, 12],
    W: [12, 12],
    b: [12],
  }),
  exact("dense", "DENSE-1", "wide", "more outputs than inputs", { x: [2, 3], W: [9, 3] }),
];

const backward = [
  exact("dense-input-gradient", "GRAD-46", "transposed", "each error back through its row", { G: [3, 4], W: [4, 5] }),
  exact("dense-input-gradient", "GRAD-46", "square", "as many outputs as inputs: rows and columns are not exchanged", {
    G: [2, 5],
    W: [5, 5],
  }),
  exact("dense-input-gradient", "GRAD-46", "one-output", "one error, spread by the weights", { G: [3, 1], W: [1, 6] }),
  exact("dense-input-gradient", "GRAD-46", "one-sample", "a single sample", { G: [1, 6], W: [6, 4] }),
  exact("dense-weight-gradient", "GRAD-47", "samples", "outer products summed over the samples", {
    G: [3, 4],
    x: [3, 5],
  }),
  exact("dense-weight-gradient", "GRAD-47", "square", "as many outputs as inputs: rows and columns are not exchanged", {
    G: [2, 5],
    x: [2, 5],
  }),
  exact("dense-weight-gradient", "GRAD-47", "one-sample", "one sample: an outer product", { G: [1, 3], x: [1, 7] }),
  exact("dense-weight-gradient", "GRAD-47", "many-samples", "more samples than weights", { G: [20, 2], x: [20, 3] }),
  exact("dense-bias-gradient", "GRAD-48", "samples", "the sum over the samples", { G: [5, 4] }),
  exact("dense-bias-gradient", "GRAD-48", "one-sample", "one sample is its own sum", { G: [1, 6] }),
];

/** Long sums of real data show how products are added. */
const real = (["f16", "f32", "f64"] as const).flatMap((dtype): CaseSpec[] => {
  const long = (operator: OperatorName, clause: ClauseId, shapes: Readonly<Record<string, Shape>>): CaseSpec => ({
    ...exact(operator, clause, `long-sum-${dtype}`, `sums of 300 products of ${dtype}`, shapes),
    data: "real",
    dtype,
  });
  return [
    long("dense", "DENSE-1", { x: [2, 300], W: [3, 300], b: [3] }),
    long("dense-input-gradient", "GRAD-46", { G: [2, 300], W: [300, 3] }),
    long("dense-weight-gradient", "GRAD-47", { G: [300, 3], x: [300, 2] }),
    long("dense-bias-gradient", "GRAD-48", { G: [300, 3] }),
  ];
});

export const denseCases: readonly CaseSpec[] = [...forward, ...backward, ...real];

export const denseTyped: readonly TypedCase[] = [
  {
    operator: "dense",
    name: "not-finite",
    title: "NaN and infinities reach every output of their sample, zero weights included, and no other sample",
    clauses: ["DENSE-1"],
    dtypes: ["f16", "f32", "f64"],
    inputs: {
      x: { shape: [4, 3], values: [1, 2, 3, "NaN", 2, 3, 1, "Infinity", 3, 1, 2, "-Infinity"] },
      W: { shape: [2, 3], values: [2, -1, 3, 4, 0, 5] },
    },
    attributes: {},
  },
];
