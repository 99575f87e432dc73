import { winnersOfWindows } from "./common/pooling.ts";
import type { Operator } from "./operator.ts";

/** POOL-11: where in its plane the maximum of each window of V [N, C, …X] stands, giving Z [N, C, …P]; the first of equal ones. */
export const maxPoolWinners: Operator<"max-pool-winners"> = {
  run: (scope, { V }, attributes) => winnersOfWindows(scope, V, attributes),
};
