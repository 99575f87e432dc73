import { tilesOf } from "../../spec/index.ts";
import { kernelsApart, tiledWeights } from "./common/tiled-weights.ts";
import { inputGradient } from "./common/unshared.ts";
import type { Operator } from "./operator.ts";

/** GRAD-43: from G [N, O, …P] and K [O, C, …R, …t] the gradient dV [N, C, …X] of the input. */
export const tiledInputGradient: Operator<"tiled-input-gradient"> = {
  run: (scope, { G, K }, attributes) => {
    const [N, O, ...P] = G.shape;
    const { C, R, t } = tilesOf(K.shape);
    const extents = { N, C, O, X: attributes.input, R, P };
    const tensors = { G, W: kernelsApart(scope, K, t) };
    return { dV: inputGradient(scope, extents, attributes, tiledWeights(extents, t), tensors) };
  },
};
