import { outerProducts } from "./common/matrix.ts";
import type { Operator } from "./operator.ts";

/** GRAD-47: from G [N, O] and x [N, I] the gradient dW [O, I]. */
export const denseWeightGradient: Operator<"dense-weight-gradient"> = {
  run: (scope, { G, x }) => {
    const [[N, O], I] = [G.shape, x.shape[1]];
    return { dW: outerProducts(scope, G, x, [O, I, N], [1, O]) };
  },
};
