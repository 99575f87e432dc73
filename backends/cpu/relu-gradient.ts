import { elementwise } from "./kernels/elementwise.ts";
import type { Operator } from "./operator.ts";
import { f32x4, v128 } from "./wasm/index.ts";

/** GRAD-45: G where V is not at most 0, and 0 elsewhere. */
export const reluGradient: Operator<"relu-gradient"> = {
  run: (scope, { V, G }) => {
    const dV = scope.output(V.shape);
    const arrays = { count: V.data.length, Z: dV, a: scope.input(V), b: scope.input(G) };
    elementwise(scope, "relu-gradient", (v, g) => v128.andnot(g, f32x4.le(v, v128.zero())), arrays);
    return { dV: scope.result(dV, V.shape) };
  },
};
