import { extents, oneFormat, spatialRank } from "../constraints.ts";
import { notNegative, oneForEach } from "../elementwise.ts";
import type { Operator } from "../operator.ts";

export interface BatchNormAttributes {
  /** ε, which is added to the variance. */
  readonly epsilon: number;
}

export type BatchNorm = {
  inputs: "x" | "gamma" | "beta";
  optional: never;
  attributes: BatchNormAttributes;
  outputs: "y" | "mean" | "variance";
};

/** ε where it is not given. */
export const defaultEpsilon: BatchNormAttributes = { epsilon: 1e-5 };

/** NORM-2: x [N, C, …X] normalised channel by channel over the batch, then gamma [C] times it plus beta [C]. */
export const batchNorm: Operator<BatchNorm> = {
  name: "batch-norm",
  clauses: ["NORM-2", "NORM-1", "NORM-4"],
  inputs: ["x", "gamma", "beta"],
  optional: [],
  outputs: ["y", "mean", "variance"],
  complete: (_, attributes) => ({ ...defaultEpsilon, ...attributes }),
  constraints: [
    oneFormat<BatchNorm>("NORM-2.C1", ["x", "gamma", "beta"]),
    spatialRank<BatchNorm>("NORM-2.C2", "x", 2),
    extents<BatchNorm>("NORM-2.C3", []),
    oneForEach<BatchNorm>("NORM-2.C4", "gamma", "channel of x", ({ x }) => x.shape[1]),
    oneForEach<BatchNorm>("NORM-2.C5", "beta", "channel of x", ({ x }) => x.shape[1]),
    notNegative<BatchNorm>("NORM-2.C6", "epsilon"),
  ],
  shapes: ({ inputs: { x } }) => ({ y: x.shape, mean: [x.shape[1]], variance: [x.shape[1]] }),
};
