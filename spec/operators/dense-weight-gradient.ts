import { extents, oneFormat } from "../constraints.ts";
import type { Operator } from "../operator.ts";
import { sameSamples } from "../unshared.ts";
import { isMatrix } from "./dense.ts";

export type DenseWeightGradient = {
  inputs: "G" | "x";
  optional: never;
  attributes: Readonly<Record<never, never>>;
  outputs: "dW";
};

/** GRAD-47: from G [N, O] and x [N, I] the gradient dW [O, I] of a dense layer's weights. */
export const denseWeightGradient: Operator<DenseWeightGradient> = {
  name: "dense-weight-gradient",
  clauses: ["GRAD-47"],
  inputs: ["G", "x"],
  optional: [],
  outputs: ["dW"],
  complete: () => ({}),
  constraints: [
    oneFormat<DenseWeightGradient>("GRAD-47.C1", ["G", "x"]),
    isMatrix<DenseWeightGradient>("GRAD-47.C2", "G", "samples and outputs"),
    isMatrix<DenseWeightGradient>("GRAD-47.C3", "x", "samples and inputs"),
    extents<DenseWeightGradient>("GRAD-47.C4", ["G", "x"]),
    sameSamples<DenseWeightGradient>("GRAD-47.C5", "G", "x"),
  ],
  shapes: ({ inputs: { G, x } }) => ({ dW: [G.shape[1], x.shape[1]] }),
};
