import { oneOf } from "../constraints.ts";
import type { Operator } from "../operator.ts";
import { type PoolAttributes, poolConstraints, poolShapes } from "../pool.ts";
import { defaultWindow } from "../window.ts";

export interface AveragePoolAttributes extends PoolAttributes {
  /** POOL-3: what a window's sum is divided by: its input elements, or its cells within the padded input. */
  readonly divisor: "valid" | "padded";
}

export type AveragePool = { inputs: "V"; optional: never; attributes: AveragePoolAttributes; outputs: "Z" };

/** POOL-3: the average of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const averagePool: Operator<AveragePool> = {
  name: "average-pool",
  clauses: ["POOL-3", "POOL-1"],
  inputs: ["V"],
  optional: [],
  outputs: ["Z"],
  complete: ({ V }, attributes) => {
    const axes = V.shape.length - 2;
    return { ...defaultWindow(axes), window: Array<number>(axes).fill(1), divisor: "valid", ...attributes };
  },
  constraints: [...poolConstraints, oneOf<AveragePool>("POOL-3.C1", "divisor", ["valid", "padded"])],
  shapes: poolShapes,
};
