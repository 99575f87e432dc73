import { unsharedWeights } from "../../spec/index.ts";
import { localWeights } from "./common/local-weights.ts";
import { inputGradient } from "./common/unshared.ts";
import type { Operator } from "./operator.ts";

/** GRAD-40: from G [N, O, …P] and W [O, …P, C, …R] the gradient dV [N, C, …X] of the input. */
export const locallyConnectedInputGradient: Operator<"locally-connected-input-gradient"> = {
  run: (scope, { G, W }, attributes) => {
    const { O, P, C, R } = unsharedWeights(W.shape);
    const extents = { N: G.shape[0], C, O, X: attributes.input, R, P };
    return { dV: inputGradient(scope, extents, attributes, localWeights(extents), { G, W: scope.input(W) }) };
  },
};
