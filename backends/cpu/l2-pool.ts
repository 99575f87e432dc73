import { poolWindows } from "./common/pooling.ts";
import type { VectorReduction } from "./kernels/pool-rows.ts";
import type { Operator } from "./operator.ts";
import { f32x4 } from "./wasm/index.ts";

/** The Euclidean norm of a window. */
export const norm: VectorReduction = {
  start: 0,
  load: (element, spare) => [spare.set(element), f32x4.mul(spare, spare)],
  step: f32x4.add,
  finish: f32x4.sqrt,
};

/** POOL-5: the Euclidean norm of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const l2Pool: Operator<"l2-pool"> = {
  run: (scope, { V }, attributes) => poolWindows(scope, V, attributes, "l2", norm),
};
