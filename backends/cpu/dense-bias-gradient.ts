import { sumOverBatch } from "./common/channels.ts";
import type { Operator } from "./operator.ts";

/** GRAD-48: from G [N, O] the gradient db [O]. */
export const denseBiasGradient: Operator<"dense-bias-gradient"> = {
  run: (scope, { G }) => ({ db: sumOverBatch(scope, G) }),
};
