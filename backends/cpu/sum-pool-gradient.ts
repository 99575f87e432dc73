import { spreadErrors } from "./common/pooling.ts";
import type { Operator } from "./operator.ts";

/** GRAD-22: the gradient of sum pooling, dV [N, C, …X], from G [N, C, …P]. */
export const sumPoolGradient: Operator<"sum-pool-gradient"> = {
  run: (scope, { G }, attributes) => spreadErrors(scope, G, attributes, "none"),
};
