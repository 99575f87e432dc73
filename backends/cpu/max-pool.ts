import { poolWindows } from "./common/pooling.ts";
import { maximum } from "./kernels/maximum.ts";
import type { Operator } from "./operator.ts";
import { codeOf } from "./wasm/index.ts";

/** POOL-2: the maximum of each window of V [N, C, …X], giving Z [N, C, …P]; NaN where the window holds one. */
export const maxPool: Operator<"max-pool"> = {
  run: (scope, { V }, attributes) =>
    poolWindows(scope, V, attributes, "max", {
      start: Number.NEGATIVE_INFINITY,
      load: (element) => element,
      step: maximum,
      finish: codeOf,
    }),
  declares: () => ({ choices: { nan: "propagate", "signed-zero": "any" } }),
};
