import type { Operator } from "../operator.ts";
import type { Pool } from "../pool.ts";
import { maxPool } from "./max-pool.ts";

export type SumPool = Pool;

/** POOL-4: the sum of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const sumPool: Operator<SumPool> = {
  ...maxPool,
  name: "sum-pool",
  clauses: ["POOL-4", "POOL-1"],
};
