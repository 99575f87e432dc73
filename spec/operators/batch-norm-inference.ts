import { extents, oneFormat, spatialRank } from "../constraints.ts";
import { notNegative, oneForEach } from "../elementwise.ts";
import type { Operator } from "../operator.ts";
import { type BatchNormAttributes, defaultEpsilon } from "./batch-norm.ts";

export type BatchNormInference = {
  inputs: "x" | "mean" | "variance" | "gamma" | "beta";
  optional: never;
  attributes: BatchNormAttributes;
  outputs: "y";
};

const perChannel = ["mean", "variance", "gamma", "beta"] as const;

/** NORM-3: x [N, C, …X] normalised channel by channel with given statistics [C], then gamma [C] times it plus beta [C]. */
export const batchNormInference: Operator<BatchNormInference> = {
  name: "batch-norm-inference",
  clauses: ["NORM-3", "NORM-4"],
  inputs: ["x", ...perChannel],
  optional: [],
  outputs: ["y"],
  complete: (_, attributes) => ({ ...defaultEpsilon, ...attributes }),
  constraints: [
    oneFormat<BatchNormInference>("NORM-3.C1", ["x", ...perChannel]),
    spatialRank<BatchNormInference>("NORM-3.C2", "x", 2),
    extents<BatchNormInference>("NORM-3.C3", ["x"]),
    ...perChannel.map((name, at) =>
      oneForEach<BatchNormInference>(`NORM-3.C${4 + at}`, name, "channel of x", ({ x }) => x.shape[1]),
    ),
    notNegative<BatchNormInference>("NORM-3.C8", "epsilon"),
  ],
  shapes: ({ inputs: { x } }) => ({ y: x.shape }),
};
