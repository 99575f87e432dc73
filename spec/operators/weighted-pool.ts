import type { Operator } from "../operator.ts";
import type { Pool } from "../pool.ts";
import { maxPool } from "./max-pool.ts";

export type WeightedPool = Pool;

/** POOL-6: the average of each window of V [N, C, …X], weighted by the distance from its centre, giving Z [N, C, …P]. */
export const weightedPool: Operator<WeightedPool> = {
  ...maxPool,
  name: "weighted-pool",
  clauses: ["POOL-6", "POOL-1"],
};
