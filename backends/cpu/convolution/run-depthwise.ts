import type { Scope } from "../runtime/scope.ts";
import type { DepthwisePlan } from "./depthwise-plan.ts";
import { type Geometry, product } from "./geometry.ts";
import { depthwise, zerosLength } from "./kernels/depthwise.ts";
import type { Addresses } from "./run-direct.ts";

/** Multiplications worth a call of a kernel: some 10 µs. */
const GRAIN = 250_000;

/** Computes Z plane by plane; returns whether every output that padding takes part in is finite. */
export function runDepthwise(
  scope: Scope,
  geometry: Geometry,
  plan: DepthwisePlan,
  samples: number,
  { V, K, b, Z }: Addresses,
): boolean {
  const kernel = scope.kernel(`depthwise ${JSON.stringify([geometry, plan])}`, () =>
    depthwise(geometry, plan, scope.relaxed),
  );
  const zeros = scope.numbers(new Float32Array(zerosLength(geometry)));
  const notFinite = scope.table([0]);
  const items = samples * geometry.groups * plan.chunks;
  const work = plan.rows * geometry.P[2] * product(geometry.R);
  const grain = Math.max(1, Math.round(GRAIN / work));
  scope.run(kernel, "depthwise", { items, grain }, V, K, b, Z, zeros, notFinite);
  return scope.words(notFinite, 1)[0] === 0;
}
