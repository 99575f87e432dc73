import { poolWindows } from "./common/pooling.ts";
import type { Operator } from "./operator.ts";
import { codeOf, f32x4 } from "./wasm/index.ts";

/** POOL-4: the sum of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const sumPool: Operator<"sum-pool"> = {
  run: (scope, { V }, attributes) =>
    poolWindows(scope, V, attributes, "sum", {
      start: 0,
      load: (element) => element,
      step: f32x4.add,
      finish: codeOf,
    }),
};
