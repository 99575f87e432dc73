import { elementwise } from "./kernels/elementwise.ts";
import type { Operator } from "./operator.ts";
import { f32x4 } from "./wasm/index.ts";

/** NET-1: a + b, element by element. */
export const add: Operator<"add"> = {
  run: (scope, { a, b }) => {
    const Z = scope.output(a.shape);
    const arrays = { count: a.data.length, Z, a: scope.input(a), b: scope.input(b) };
    elementwise(scope, "add", f32x4.add, arrays);
    return { Z: scope.result(Z, a.shape) };
  },
};
