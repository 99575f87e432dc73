import { sizeOf } from "../../spec/index.ts";
import { errorsAt, windowsAt } from "./common/pooling.ts";
import { elementwise } from "./kernels/elementwise.ts";
import { norm } from "./l2-pool.ts";
import type { Operator } from "./operator.ts";
import { f32x4, v128 } from "./wasm/index.ts";

/**
 * GRAD-23: the gradient of L2 pooling, dV [N, C, …X], from V and G [N, C, …P]; 0 where a norm is 0. Each element of V
 * times the sum of G / norm over its windows.
 */
export const l2PoolGradient: Operator<"l2-pool-gradient"> = {
  run: (scope, { V, G }, attributes) => {
    const { address: norms } = windowsAt(scope, V, attributes, "l2", norm, "none");
    const ratios = scope.output(G.shape);
    const arrays = { count: sizeOf(G.shape), Z: ratios, a: scope.input(G), b: norms };
    elementwise(scope, "ratio", (g, n) => v128.andnot(f32x4.div(g, n), f32x4.eq(n, v128.zero())), arrays);
    const input = V.shape.slice(2);
    const { address: sums } = errorsAt(scope, ratios, G.shape, { ...attributes, input }, "none");
    const dV = scope.output(V.shape);
    elementwise(scope, "product", f32x4.mul, { count: sizeOf(V.shape), Z: dV, a: scope.input(V), b: sums });
    return { dV: scope.result(dV, V.shape) };
  },
};
