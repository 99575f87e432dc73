import type { Scope } from "../runtime/scope.ts";
import type { Geometry } from "./geometry.ts";
import { CHUNK, digest, WORDS } from "./kernels/digest.ts";
import { pad } from "./kernels/pad.ts";
import { winograd, winogradSpace } from "./kernels/winograd.ts";
import { kernelTransform } from "./kernels/winograd-kernel.ts";
import type { Addresses } from "./run-direct.ts";
import { kernelSize, planeOf, TILE, type WinogradPlan } from "./winograd-plan.ts";

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

let calls = 0;

/** What tells the content of some memory from any other: 768 bits, as text. */
function contentOf(scope: Scope, address: number, bytes: number): string {
  const kernel = scope.kernel("digest", () => [digest()]);
  const chunks = Math.ceil(bytes / CHUNK);
  const words = scope.workspace(chunks * WORDS * 4);
  scope.run(kernel, "digest", { items: chunks, grain: 2 }, address, bytes, words);
  if (chunks === 1) return scope.words(words, WORDS).join(" ");
  return contentOf(scope, words, chunks * WORDS * 4);
}

/** The address of U, transformed anew only where the kernel's content is not one that is kept. */
function transformedKernel(scope: Scope, geometry: Geometry, plan: WinogradPlan, K: number): number {
  const { C, O, groups, flipped } = geometry;
  const elements = groups * O * C * 9;
  const form = `winograd kernel ${JSON.stringify([plan.m, C, O, groups, flipped])}`;
  const size = aligned(4 * kernelSize(plan, C, O));
  const { address, isNew } = scope.keep(`${form} ${contentOf(scope, K, 4 * elements)}`, groups * size);
  if (isNew) {
    const kernel = scope.kernel(`winograd kernel ${JSON.stringify([plan.m, C, O, flipped])}`, () => [
      kernelTransform(plan, geometry),
    ]);
    const grain = Math.ceil(100 / C);
    for (let g = 0; g < groups; g++)
      scope.run(kernel, "kernel", { items: Math.ceil(O / TILE), grain }, K + 4 * g * O * C * 9, address + g * size);
  }
  return address;
}

/** Computes Z by Winograd's algorithm; returns whether every output is finite: one that is not has spread to others. */
export function runWinograd(
  scope: Scope,
  geometry: Geometry,
  plan: WinogradPlan,
  samples: number,
  { V, K, b, Z }: Addresses,
): boolean {
  const { C, O, groups } = geometry;
  const U = transformedKernel(scope, geometry, plan, K);
  const planes = samples * groups * C;
  const padded = scope.workspace(4 * planes * planeOf(plan));
  const { X, begin } = geometry;
  const padding = scope.kernel(`winograd pad ${JSON.stringify([X, begin, plan.height, plan.width])}`, () =>
    pad(geometry, plan),
  );
  scope.run(padding, "pad", { items: planes, grain: Math.ceil(20_000 / planeOf(plan)) }, V, padded);
  const total = samples * plan.squares[0] * plan.squares[1];
  const kernel = scope.kernel(`winograd ${JSON.stringify([geometry, plan])}`, () =>
    winograd(geometry, plan, scope.relaxed),
  );
  const share = aligned(winogradSpace(plan, C).size);
  const workspace = scope.workspace(scope.threads * share);
  const notFinite = scope.table([0]);
  const items = Math.ceil(total / plan.lanes) * groups * plan.chunks;
  const groupSize = aligned(4 * kernelSize(plan, C, O));
  calls = (calls + 1) & 0x3fff_ffff;
  const addresses = [padded, U, b, Z, total, workspace, share, calls, notFinite, groupSize];
  const grain = Math.ceil(250_000 / (plan.n ** 2 * C * plan.kernels * plan.lanes));
  scope.run(kernel, "winograd", { items, grain }, ...addresses);
  return scope.words(notFinite, 1)[0] === 0;
}
