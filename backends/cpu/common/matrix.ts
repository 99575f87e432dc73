import type { Tensor } from "../../../spec/index.ts";
import { type Outer, outerItems, outerKernel, outerWorkspace } from "../kernels/outer.ts";
import type { Scope } from "../runtime/scope.ts";

/**
 * Z [M, J] with Z[m, j] = Σ_k A(m, k) · B[k, j].
 * @param strides of A: elements from m to m + 1, and from k to k + 1
 */
export function outerProducts(
  scope: Scope,
  A: Tensor,
  B: Tensor,
  [M, J, K]: readonly [number, number, number],
  strides: readonly [number, number],
): Tensor {
  const outer: Outer = { M, J, K, A: strides, relaxed: scope.relaxed };
  const Z = scope.output([M, J]);
  const items = outerItems(outer);
  scope.run(
    scope.kernel(`outer ${JSON.stringify(outer)}`, () => [outerKernel(outer)]),
    "outer",
    { items, grain: Math.ceil((items * 100_000) / Math.max(1, M * J * K)) },
    scope.input(A),
    scope.input(B),
    Z,
    scope.workspace(scope.threads * outerWorkspace(outer)),
  );
  return scope.result(Z, [M, J]);
}
