import { extents, oneFormat, positivePerAxis, spatialRank } from "./constraints.ts";
import type { Call, Constraint } from "./operator.ts";

export interface AdaptiveAttributes {
  /** The extents of the output, one for each spatial axis, whatever those of the input. */
  readonly grid: readonly number[];
}

/** The types of an operator that pools an input of any extents to a fixed grid. */
export type AdaptivePool = { inputs: "V"; optional: never; attributes: AdaptiveAttributes; outputs: "Z" };

/** POOL-7: the first cell of window p of P over X cells, and one past its last. */
export const adaptiveWindow = (p: number, P: number, X: number): readonly [from: number, to: number] => [
  Math.floor((p * X) / P),
  Math.ceil(((p + 1) * X) / P),
];

/** POOL-7: the constraints of every pooling to a fixed grid. */
export const adaptiveConstraints: readonly Constraint<AdaptivePool>[] = [
  oneFormat<AdaptivePool>("POOL-7.C1", ["V"]),
  spatialRank<AdaptivePool>("POOL-7.C2", "V", 2),
  extents<AdaptivePool>("POOL-7.C3", ["V"]),
  positivePerAxis<AdaptivePool>("POOL-7.C4", "grid", ({ inputs }) => inputs.V.shape.length - 2),
];

/** POOL-7: the output shape of every pooling to a fixed grid. */
export const adaptiveShapes = ({ inputs: { V }, attributes: { grid } }: Call<AdaptivePool>) => ({
  Z: [...V.shape.slice(0, 2), ...grid],
});

/** Global pooling: a grid of one cell. */
export const defaultGrid = (axes: number): AdaptiveAttributes => ({ grid: Array<number>(axes).fill(1) });
