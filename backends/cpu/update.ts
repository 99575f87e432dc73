import { elementwise } from "./kernels/elementwise.ts";
import type { Operator } from "./operator.ts";
import { f32x4 } from "./wasm/index.ts";

/** OPT-1: w − η·g, for w and g of one shape. */
export const update: Operator<"update"> = {
  run: (scope, { w, g }, { rate }) => {
    const stepped = scope.output(w.shape);
    const arrays = { count: w.data.length, rate, Z: stepped, a: scope.input(w), b: scope.input(g) };
    elementwise(scope, "update", (w, g, rate) => f32x4.sub(w, f32x4.mul(f32x4.splat(rate), g)), arrays);
    return { w: scope.result(stepped, w.shape) };
  },
};
