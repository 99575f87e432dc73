import type { Operator } from "../operator.ts";
import type { Pool } from "../pool.ts";
import { maxPool } from "./max-pool.ts";

export type L2Pool = Pool;

/** POOL-5: the Euclidean norm of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const l2Pool: Operator<L2Pool> = {
  ...maxPool,
  name: "l2-pool",
  clauses: ["POOL-5", "POOL-1"],
};
