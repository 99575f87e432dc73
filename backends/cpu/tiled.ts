import { tiled as signature, tilesOf } from "../../spec/index.ts";
import { kernelsApart, tiledWeights } from "./common/tiled-weights.ts";
import { forward } from "./common/unshared.ts";
import type { Operator } from "./operator.ts";

/** TILED-1: V [N, C, …X] under kernels K [O, C, …R, …t] that take turns and a bias b [O], giving Z [N, O, …P]. */
export const tiled: Operator<"tiled"> = {
  run: (scope, { V, K, b }, attributes) => {
    const [N, C, ...X] = V.shape;
    const { O, R, t } = tilesOf(K.shape);
    const P = signature.shapes({ inputs: { V, K }, attributes }).Z.slice(2);
    const extents = { N, C, O, X, R, P };
    const tensors = { V, W: kernelsApart(scope, K, t), b };
    return { Z: forward(scope, extents, attributes, tiledWeights(extents, t), tensors) };
  },
};
