import { spreadErrors } from "./common/pooling.ts";
import type { Operator } from "./operator.ts";

/** GRAD-21: the gradient of average pooling, dV [N, C, …X], from G [N, C, …P]. */
export const averagePoolGradient: Operator<"average-pool-gradient"> = {
  run: (scope, { G }, attributes) => spreadErrors(scope, G, attributes, attributes.divisor),
};
