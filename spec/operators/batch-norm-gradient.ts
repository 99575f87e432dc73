import { extents, oneFormat, spatialRank } from "../constraints.ts";
import { notNegative, oneForEach, sameShape } from "../elementwise.ts";
import type { Operator } from "../operator.ts";
import { type BatchNormAttributes, defaultEpsilon } from "./batch-norm.ts";

export type BatchNormGradient = {
  inputs: "x" | "gamma" | "G";
  optional: never;
  attributes: BatchNormAttributes;
  outputs: "dx" | "dgamma" | "dbeta";
};

/** GRAD-49: from x and G [N, C, …X] and gamma [C] the gradients dx [N, C, …X], dgamma [C] and dbeta [C]. */
export const batchNormGradient: Operator<BatchNormGradient> = {
  name: "batch-norm-gradient",
  clauses: ["GRAD-49", "NORM-4"],
  inputs: ["x", "gamma", "G"],
  optional: [],
  outputs: ["dx", "dgamma", "dbeta"],
  complete: (_, attributes) => ({ ...defaultEpsilon, ...attributes }),
  constraints: [
    oneFormat<BatchNormGradient>("GRAD-49.C1", ["x", "gamma", "G"]),
    spatialRank<BatchNormGradient>("GRAD-49.C2", "x", 2),
    extents<BatchNormGradient>("GRAD-49.C3", []),
    oneForEach<BatchNormGradient>("GRAD-49.C4", "gamma", "channel of x", ({ x }) => x.shape[1]),
    sameShape<BatchNormGradient>("GRAD-49.C5", "G", "x"),
    notNegative<BatchNormGradient>("GRAD-49.C6", "epsilon"),
  ],
  shapes: ({ inputs: { x } }) => ({ dx: x.shape, dgamma: [x.shape[1]], dbeta: [x.shape[1]] }),
};
