import { type Dense, denseItems, denseKernel } from "./kernels/dense.ts";
import type { Operator } from "./operator.ts";

/** DENSE-1: x [N, I] under weights W [O, I] and a bias b [O], giving Z [N, O]. */
export const dense: Operator<"dense"> = {
  run: (scope, { x, W, b }) => {
    const [N, [O, I]] = [x.shape[0], W.shape];
    const Z = scope.output([N, O]);
    const layer: Dense = { N, O, I, bias: b !== undefined, relaxed: scope.relaxed };
    const items = denseItems(layer);
    scope.run(
      scope.kernel(`dense ${JSON.stringify(layer)}`, () => [denseKernel(layer)]),
      "dense",
      { items, grain: Math.ceil((items * 100_000) / Math.max(1, N * O * I)) },
      scope.input(x),
      scope.input(W),
      scope.optional(b),
      Z,
    );
    return { Z: scope.result(Z, [N, O]) };
  },
};
