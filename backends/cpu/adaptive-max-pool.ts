import { evenWindow } from "./common/grid.ts";
import { maxPool } from "./max-pool.ts";
import type { Operator } from "./operator.ts";
import { adaptiveMaxPool as plain } from "./plain/adaptive-max-pool.ts";

/** POOL-8: the maximum of each window of V [N, C, …X], giving Z [N, C, …grid]; plain loops where windows differ in size. */
export const adaptiveMaxPool: Operator<"adaptive-max-pool"> = {
  run: (scope, { V }, { grid }) => {
    const window = evenWindow(V.shape.slice(2), grid);
    return window ? maxPool.run(scope, { V }, window) : plain({ V }, { grid });
  },
  declares: maxPool.declares,
};
