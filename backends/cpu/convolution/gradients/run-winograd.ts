import type { Scope } from "../../runtime/scope.ts";
import type { Geometry } from "../geometry.ts";
import { pad } from "../kernels/pad.ts";
import { winogradMaps } from "../kernels/winograd-maps.ts";
import { planeOf } from "../winograd-plan.ts";
import { channelGeometry } from "./correlations-plan.ts";
import type { KernelCall } from "./kernel-call.ts";
import { type ChannelsShape, TRANSFORM_SPACE, transformChannels, transformItems } from "./kernels/winograd-channels.ts";
import { sumsItems, sumsSpace, winogradSums } from "./kernels/winograd-sums.ts";
import type { KernelAddresses } from "./run-kernel.ts";
import { CHANNELS, KERNELS, layoutOf, paddedFor, type WinogradGradientPlan } from "./winograd-plan.ts";

/** Elements worth an item of padding, products worth an item of sums, and items of a transform worth a call. */
const PAD_GRAIN = 20_000;
const SUMS_GRAIN = 250_000;
const TRANSFORM_GRAIN = 2;

/** Planes with whole squares: where they begin, and from a row to the next and from a plane to the next. */
interface Planes {
  readonly address: number;
  readonly rowPitch: number;
  readonly planePitch: number;
}

/** Planes of a tensor with zeros around them up to whole squares; the tensor's own where there are none. */
function padded(
  scope: Scope,
  plan: WinogradGradientPlan,
  geometry: Geometry,
  { cells, planes, source }: { readonly cells: number; readonly planes: number; readonly source: number },
): Planes {
  const target = paddedFor(plan, cells);
  const { X, begin } = geometry;
  if (X[1] === target.height && X[2] === target.width && begin[1] === 0 && begin[2] === 0)
    return { address: source, rowPitch: X[2], planePitch: X[1] * X[2] };
  const address = scope.workspace(4 * planes * planeOf(target));
  const kernel = scope.kernel(`winograd pad ${JSON.stringify([X, begin, target.height, target.width])}`, () =>
    pad(geometry, target),
  );
  scope.run(kernel, "pad", { items: planes, grain: Math.ceil(PAD_GRAIN / planeOf(target)) }, source, address);
  return { address, rowPitch: target.pitch, planePitch: planeOf(target) };
}

/**
 * Computes dK by the transpose of Winograd's algorithm, block by block of the squares of all samples; returns whether
 * every result is finite: a value that is not has spread to others.
 */
export function runWinogradGradient(
  scope: Scope,
  call: KernelCall,
  plan: WinogradGradientPlan,
  samples: number,
  { G, V, dK }: KernelAddresses,
): boolean {
  const { C, O, groups, window } = call;
  const { m, n, squares, block } = plan;
  const ofV = channelGeometry(call);
  const ofG: Geometry = { ...ofV, X: window.P, begin: [0, 0, 0] };
  const inputs = padded(scope, plan, ofV, { cells: n, planes: samples * groups * C, source: V });
  const gradients = padded(scope, plan, ofG, { cells: m, planes: samples * groups * O, source: G });
  const maps = winogradMaps[m];
  const shapeOf = ({ rowPitch, planePitch }: Planes, channels: number, width: number) => {
    return { groups, channels, rowPitch, planePitch, layout: layoutOf(plan, channels, width) };
  };
  const shapes = {
    V: { ...shapeOf(inputs, C, CHANNELS), map: maps.input, cells: n },
    G: { ...shapeOf(gradients, O, KERNELS), map: maps.gradient, cells: m },
  };
  const kernel = scope.kernel(`winograd gradient ${JSON.stringify([call, plan])}`, () => [
    ...winogradSums(call, plan, scope.relaxed),
    transformChannels("input", plan, shapes.V),
    transformChannels("gradient", plan, shapes.G),
  ]);
  const size = ({ layout }: ChannelsShape): number => 4 * groups * layout.groupPitch;
  const [transformedV, transformedG] = [scope.workspace(size(shapes.V)), scope.workspace(size(shapes.G))];
  const share = Math.ceil(Math.max(sumsSpace(plan), TRANSFORM_SPACE) / 64) * 64;
  const workspace = scope.workspace(scope.threads * share);
  const notFinite = scope.table([0]);
  const total = samples * squares[0] * squares[1];
  const grain = Math.max(1, Math.round(SUMS_GRAIN / (n * n * plan.kernels * plan.channels * block)));
  const transform = (name: "input" | "gradient", shape: ChannelsShape, ...args: readonly number[]): void =>
    scope.run(kernel, name, { items: transformItems(plan, shape), grain: TRANSFORM_GRAIN }, ...args, workspace, share);
  for (let from = 0; from < total; from += block) {
    const count = Math.min(block, total - from);
    transform("input", shapes.V, inputs.address, transformedV, from, count);
    transform("gradient", shapes.G, gradients.address, transformedG, from, count);
    const args = [transformedG, transformedV, dK, count, from === 0 ? 0 : 1, workspace, share, notFinite];
    scope.run(kernel, "sums", { items: sumsItems(plan, call), grain }, ...args);
  }
  return scope.words(notFinite, 1)[0] === 0;
}
