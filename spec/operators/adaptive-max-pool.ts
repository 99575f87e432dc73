import { type AdaptivePool, adaptiveConstraints, adaptiveShapes, defaultGrid } from "../adaptive.ts";
import type { Operator } from "../operator.ts";

export type AdaptiveMaxPool = AdaptivePool;

/** POOL-8: the maximum of each window of V [N, C, …X], giving Z [N, C, …grid]. */
export const adaptiveMaxPool: Operator<AdaptiveMaxPool> = {
  name: "adaptive-max-pool",
  clauses: ["POOL-8", "POOL-7"],
  inputs: ["V"],
  optional: [],
  outputs: ["Z"],
  complete: ({ V }, attributes) => ({ ...defaultGrid(V.shape.length - 2), ...attributes }),
  constraints: adaptiveConstraints,
  shapes: adaptiveShapes,
};
