import { unsharedWeights } from "../../spec/index.ts";
import { localWeights } from "./common/local-weights.ts";
import { forward } from "./common/unshared.ts";
import type { Operator } from "./operator.ts";

/** LOCAL-2: V [N, C, …X] under weights W [O, …P, C, …R] and biases b [O, …P], giving Z [N, O, …P]. */
export const locallyConnected: Operator<"locally-connected"> = {
  run: (scope, { V, W, b }, attributes) => {
    const [N, C, ...X] = V.shape;
    const { O, P, R } = unsharedWeights(W.shape);
    const extents = { N, C, O, X, R, P };
    const tensors = { V, W: scope.input(W), b };
    return { Z: forward(scope, extents, attributes, localWeights(extents), tensors) };
  },
};
