import type { Tensor } from "../../../spec/index.ts";
import { type Outer, outerItems, outerKernel, outerWorkspace } from "../kernels/outer.ts";
import { fewTerms, outerRows, outerRowsItems } from "../kernels/outer-rows.ts";
import { fewRows, outerStream, outerStreamItems } from "../kernels/outer-stream.ts";
import type { Scope } from "../runtime/scope.ts";
import type { WasmFunction } from "../wasm/index.ts";

/** How it is computed, by its shape: by what there is most to write, to read, or to multiply. */
const wayOf = (outer: Outer): { readonly items: number; readonly workspace: number; build(): WasmFunction } => {
  if (fewTerms(outer)) return { items: outerRowsItems(outer), workspace: 0, build: () => outerRows(outer) };
  if (fewRows(outer)) return { items: outerStreamItems(outer), workspace: 0, build: () => outerStream(outer) };
  return { items: outerItems(outer), workspace: outerWorkspace(outer), build: () => outerKernel(outer) };
};

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
  const outer: Outer = { M, J, K, A: strides, relaxed: scope.relaxed, threads: scope.threads };
  const Z = scope.output([M, J]);
  const { items, workspace, build } = wayOf(outer);
  scope.run(
    scope.kernel(`outer ${JSON.stringify(outer)}`, () => [build()]),
    "outer",
    { items, grain: Math.ceil((items * 100_000) / Math.max(1, M * J * K)) },
    scope.input(A),
    scope.input(B),
    Z,
    ...(workspace === 0 ? [] : [scope.workspace(scope.threads * workspace)]),
  );
  return scope.result(Z, [M, J]);
}
