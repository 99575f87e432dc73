import { elementwise } from "./kernels/elementwise.ts";
import type { Operator } from "./operator.ts";
import { f32x4, v128 } from "./wasm/index.ts";

/** ACT-1: the positive part of every element of V, NaN where it is NaN. */
export const relu: Operator<"relu"> = {
  run: (scope, { V }) => {
    const Z = scope.output(V.shape);
    // What is at most 0, −0 too, becomes +0; NaN is not.
    elementwise(scope, "relu", (v) => v128.andnot(v, f32x4.le(v, v128.zero())), {
      count: V.data.length,
      Z,
      a: scope.input(V),
    });
    return { Z: scope.result(Z, V.shape) };
  },
};
