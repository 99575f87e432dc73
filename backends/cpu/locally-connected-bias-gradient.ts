import { sumOverBatch } from "./common/channels.ts";
import type { Operator } from "./operator.ts";

/** GRAD-42: from G [N, O, …P] the gradient db [O, …P] of the biases. */
export const locallyConnectedBiasGradient: Operator<"locally-connected-bias-gradient"> = {
  run: (scope, { G }) => ({ db: sumOverBatch(scope, G) }),
};
