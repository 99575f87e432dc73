import { extents, oneFormat, spatialRank } from "../constraints.ts";
import { notNegative, oneForEach } from "../elementwise.ts";
import type { Operator } from "../operator.ts";
import { type BatchNormAttributes, defaultEpsilon } from "./batch-norm.ts";

export type BatchNormInferenceGradient = {
  inputs: "G" | "gamma" | "variance";
  optional: never;
  attributes: BatchNormAttributes;
  outputs: "dx";
};

/** GRAD-50: from G [N, C, …X], gamma [C] and the given variance [C] the gradient dx [N, C, …X]. */
export const batchNormInferenceGradient: Operator<BatchNormInferenceGradient> = {
  name: "batch-norm-inference-gradient",
  clauses: ["GRAD-50", "NORM-4"],
  inputs: ["G", "gamma", "variance"],
  optional: [],
  outputs: ["dx"],
  complete: (_, attributes) => ({ ...defaultEpsilon, ...attributes }),
  constraints: [
    oneFormat<BatchNormInferenceGradient>("GRAD-50.C1", ["G", "gamma", "variance"]),
    spatialRank<BatchNormInferenceGradient>("GRAD-50.C2", "G", 2),
    extents<BatchNormInferenceGradient>("GRAD-50.C3", ["G"]),
    oneForEach<BatchNormInferenceGradient>("GRAD-50.C4", "gamma", "channel of G", ({ G }) => G.shape[1]),
    oneForEach<BatchNormInferenceGradient>("GRAD-50.C5", "variance", "channel of G", ({ G }) => G.shape[1]),
    notNegative<BatchNormInferenceGradient>("GRAD-50.C6", "epsilon"),
  ],
  shapes: ({ inputs: { G } }) => ({ dx: G.shape }),
};
