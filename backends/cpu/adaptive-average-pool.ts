import { averagePool } from "./average-pool.ts";
import { evenWindow } from "./common/grid.ts";
import type { Operator } from "./operator.ts";
import { adaptiveAveragePool as plain } from "./plain/adaptive-average-pool.ts";

/** POOL-9: the average of each window of V [N, C, …X], giving Z [N, C, …grid]; plain loops where windows differ in size. */
export const adaptiveAveragePool: Operator<"adaptive-average-pool"> = {
  run: (scope, { V }, { grid }) => {
    const window = evenWindow(V.shape.slice(2), grid);
    return window ? averagePool.run(scope, { V }, { ...window, divisor: "valid" }) : plain({ V }, { grid });
  },
};
