import { localWeights } from "./common/local-weights.ts";
import { kernelGradient } from "./common/unshared.ts";
import type { Operator } from "./operator.ts";

/** GRAD-41: from G [N, O, …P] and V [N, C, …X] the gradient dW [O, …P, C, …R] of the weights. */
export const locallyConnectedKernelGradient: Operator<"locally-connected-kernel-gradient"> = {
  run: (scope, { G, V }, attributes) => {
    const [N, O, ...P] = G.shape;
    const [, C, ...X] = V.shape;
    const R = attributes.kernel;
    const extents = { N, C, O, X, R, P };
    const shape = [O, ...P, C, ...R];
    const dW = scope.output(shape);
    kernelGradient(scope, extents, attributes, localWeights(extents), { G, V, dW });
    return { dW: scope.result(dW, shape) };
  },
};
