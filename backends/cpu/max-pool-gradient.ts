import { errorsToWinners } from "./common/pooling.ts";
import type { Operator } from "./operator.ts";

/** GRAD-20: the gradient of max pooling, dV [N, C, …X], from V and G [N, C, …P]; of equal elements the first wins. */
export const maxPoolGradient: Operator<"max-pool-gradient"> = {
  run: (scope, { V, G }, attributes) => errorsToWinners(scope, V, G, attributes),
};
