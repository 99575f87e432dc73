import { outerProducts } from "./common/matrix.ts";
import type { Operator } from "./operator.ts";

/** GRAD-46: from G [N, O] and W [O, I] the gradient dx [N, I]. */
export const denseInputGradient: Operator<"dense-input-gradient"> = {
  run: (scope, { G, W }) => {
    const [N, [O, I]] = [G.shape[0], W.shape];
    return { dx: outerProducts(scope, G, W, [N, I, O], [O, 1]) };
  },
};
