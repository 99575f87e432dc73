import { kernelsTogether, tiledWeights } from "./common/tiled-weights.ts";
import { kernelGradient } from "./common/unshared.ts";
import type { Operator } from "./operator.ts";

/** GRAD-44: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C, …R, …t] of the kernels. */
export const tiledKernelGradient: Operator<"tiled-kernel-gradient"> = {
  run: (scope, { G, V }, attributes) => {
    const [N, O, ...P] = G.shape;
    const [, C, ...X] = V.shape;
    const { kernel: R, tiles: t } = attributes;
    const extents = { N, C, O, X, R, P };
    const shape = [O, C, ...R, ...t];
    const [dW, dK] = [scope.output(shape), scope.output(shape)];
    kernelGradient(scope, extents, attributes, tiledWeights(extents, t), { G, V, dW });
    kernelsTogether(scope, dW, dK, shape, t);
    return { dK: scope.result(dK, shape) };
  },
};
