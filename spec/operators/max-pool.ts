import type { Operator } from "../operator.ts";
import { defaultPool, type Pool, poolConstraints, poolShapes } from "../pool.ts";

export type MaxPool = Pool;

/** POOL-2: the maximum of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const maxPool: Operator<MaxPool> = {
  name: "max-pool",
  clauses: ["POOL-2", "POOL-1"],
  inputs: ["V"],
  optional: [],
  outputs: ["Z"],
  complete: ({ V }, attributes) => ({ ...defaultPool(V.shape.length - 2), ...attributes }),
  constraints: poolConstraints,
  shapes: poolShapes,
};
