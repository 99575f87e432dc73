import type { Scope } from "../runtime/scope.ts";
import { type Geometry, product, sumLength } from "./geometry.ts";
import { direct, workspaceOf } from "./kernels/direct.ts";
import { planOf } from "./plan.ts";

/** Where the tensors of a call lie. */
export interface Addresses {
  readonly V: number;
  readonly K: number;
  /** 0 where there is none. */
  readonly b: number;
  readonly Z: number;
}

/** Multiplications worth a call of a kernel: some 10 µs. */
const GRAIN = 250_000;

let calls = 0;

/** Computes Z by sums of products; returns whether every output is finite. */
export function runDirect(scope: Scope, geometry: Geometry, samples: number, { V, K, b, Z }: Addresses): boolean {
  const plan = planOf(geometry, samples);
  const kernel = scope.kernel(
    `direct ${JSON.stringify([geometry, plan.block.outputs, plan.kernels, plan.dense])}`,
    () => direct(geometry, plan, scope.relaxed),
  );
  const items = samples * geometry.groups * product(plan.blocks) * plan.chunks;
  const work = sumLength(geometry) * plan.kernels * product(plan.block.outputs);
  const share = Math.ceil(workspaceOf(geometry, plan) / 64) * 64;
  const workspace = scope.workspace(scope.threads * share);
  const notFinite = scope.table([0]);
  calls = (calls + 1) & 0x3fff_ffff;
  const grain = Math.max(1, Math.round(GRAIN / work));
  scope.run(kernel, "direct", { items, grain }, V, K, b, Z, workspace, share, calls, notFinite);
  return scope.words(notFinite, 1)[0] === 0;
}
