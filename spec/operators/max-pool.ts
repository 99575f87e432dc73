import type { Operator } from "../operator.ts";
import { type Pool, poolConstraints, poolShapes } from "../pool.ts";
import { defaultWindow } from "../window.ts";

export type MaxPool = Pool;

/** POOL-2: the maximum of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const maxPool: Operator<MaxPool> = {
  name: "max-pool",
  clauses: ["POOL-2", "POOL-1"],
  inputs: ["V"],
  optional: [],
  outputs: ["Z"],
  complete: ({ V }, attributes) => {
    const axes = V.shape.length - 2;
    return { ...defaultWindow(axes), window: Array<number>(axes).fill(1), ...attributes };
  },
  constraints: poolConstraints,
  shapes: poolShapes,
};
