import { poolWindows } from "./common/pooling.ts";
import type { Operator } from "./operator.ts";
import { type Code, f32x4 } from "./wasm/index.ts";

/** POOL-3: the average of each window of V [N, C, …X], giving Z [N, C, …P]. */
export const averagePool: Operator<"average-pool"> = {
  run: (scope, { V }, attributes) => {
    const average = { start: 0, load: (element: Code) => element, step: f32x4.add, finish: f32x4.div };
    return poolWindows(scope, V, attributes, "average", average, attributes.divisor);
  },
};
