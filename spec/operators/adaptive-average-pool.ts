import type { AdaptivePool } from "../adaptive.ts";
import type { Operator } from "../operator.ts";
import { adaptiveMaxPool } from "./adaptive-max-pool.ts";

export type AdaptiveAveragePool = AdaptivePool;

/** POOL-9: the average of each window of V [N, C, …X], giving Z [N, C, …grid]. */
export const adaptiveAveragePool: Operator<AdaptiveAveragePool> = {
  ...adaptiveMaxPool,
  name: "adaptive-average-pool",
  clauses: ["POOL-9", "POOL-7"],
};
