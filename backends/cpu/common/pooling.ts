import type { PoolAttributes, Shape, Tensor } from "../../../spec/index.ts";
import { apartOf } from "../kernels/apart.ts";
import { axisTable, coveringTable, type Divisor, divisors, firstElements } from "../kernels/axis.ts";
import { type PoolRows, poolRows, poolWorkspace, tileOf, type VectorReduction } from "../kernels/pool-rows.ts";
import { type PoolSpread, poolSpread, spreadTile, spreadWorkspace } from "../kernels/pool-spread.ts";
import { poolSpreadApart } from "../kernels/pool-spread-apart.ts";
import { poolWhole, wholeOf, wholeWork } from "../kernels/pool-whole.ts";
import { poolWinners } from "../kernels/pool-winners.ts";
import { poolWinnersApart } from "../kernels/pool-winners-apart.ts";
import { PART_WORDS, poolWinnersGradient } from "../kernels/pool-winners-gradient.ts";
import { NOWHERE, winnersTile, winnersWorkspace } from "../kernels/winners-row.ts";
import { type Slide, slide } from "../plain/volume.ts";
import type { Scope } from "../runtime/scope.ts";

const rowsOf = ({ X, R, P, stride, dilation, begin }: Slide): PoolRows => ({
  X,
  P,
  R: R[2],
  stride: stride[2],
  dilation: dilation[2],
  begin: begin[2],
  steps: [4 * dilation[0] * X[1] * X[2], 4 * dilation[1] * X[2]],
});

/** How many items take 20 µs, if one takes so many vector instructions. */
const grainOf = (instructions: number): number => Math.ceil(20_000 / (40 + instructions / 2));

/**
 * POOL-1: reduces every window of V [N, C, …X], giving Z [N, C, …P].
 * @param name of the reduction, which it must determine
 */
export function poolWindows(
  scope: Scope,
  V: Tensor,
  attributes: PoolAttributes,
  name: string,
  reduction: VectorReduction,
  divisor: Divisor = "none",
): { Z: Tensor } {
  const { address, shape } = windowsAt(scope, V, attributes, name, reduction, divisor);
  return { Z: scope.result(address, shape) };
}

/** The same, left where it was computed. */
export function windowsAt(
  scope: Scope,
  V: Tensor,
  attributes: PoolAttributes,
  name: string,
  reduction: VectorReduction,
  divisor: Divisor,
): { readonly address: number; readonly shape: Shape } {
  const [N, C, ...spatial] = V.shape;
  const window = slide(spatial, attributes.window, attributes);
  const { X, R, P } = window;
  const shape = [N, C, ...window.extents];
  const Z = scope.output(shape);
  const whole = wholeOf(window);
  if (whole) {
    const kernel = scope.kernel(`pool ${name} whole ${JSON.stringify(whole)}`, () => [poolWhole(whole, reduction)]);
    const grain = grainOf((P[2] / 4) * wholeWork(whole));
    scope.run(kernel, "pool", { items: N * C * P[0] * P[1], grain }, scope.input(V), Z);
    return { address: Z, shape };
  }
  const rows = rowsOf(window);
  const tile = tileOf(rows);
  scope.run(
    scope.kernel(`pool ${name} ${JSON.stringify(rows)}`, () => [poolRows(rows, reduction)]),
    "pool",
    {
      items: N * C * P[0] * P[1] * Math.ceil(P[2] / tile),
      grain: grainOf((tile * (rows.stride * R[0] * R[1] + 4 * R[2])) / 4),
    },
    scope.input(V),
    Z,
    scope.table(axisTable(window, 0, 4 * X[1] * X[2], divisor)),
    scope.table(axisTable(window, 1, 4 * X[2], divisor)),
    scope.numbers(divisors(window, divisor)),
    scope.workspace(scope.threads * poolWorkspace(rows)),
  );
  return { address: Z, shape };
}

/** GRAD-21 and 22: gives each element of dV [N, C, …input] the errors G [N, C, …P] of its windows, as their share. */
export function spreadErrors(
  scope: Scope,
  G: Tensor,
  attributes: PoolAttributes & { readonly input: Shape },
  divisor: Divisor,
): { dV: Tensor } {
  const { address, shape } = errorsAt(scope, scope.input(G), G.shape, attributes, divisor);
  return { dV: scope.result(address, shape) };
}

/** The same for errors at an address, left where it was computed. */
export function errorsAt(
  scope: Scope,
  G: number,
  [N, C]: Shape,
  attributes: PoolAttributes & { readonly input: Shape },
  divisor: Divisor,
): { readonly address: number; readonly shape: Shape } {
  const window = slide(attributes.input, attributes.window, attributes);
  const { X, R, P, stride, dilation, begin } = window;
  const divides = divisor !== "none";
  const shape = [N, C, ...attributes.input];
  const dV = scope.output(shape);
  const apart = apartOf(window);
  if (apart) {
    const key = `spread apart ${divides} ${JSON.stringify(apart)}`;
    const grain = grainOf((X[2] / 4) * R[0] * R[1]);
    const kernel = scope.kernel(key, () => [poolSpreadApart(apart, divides)]);
    scope.run(kernel, "spread", { items: N * C * P[0] * P[1], grain }, G, dV);
    return { address: dV, shape };
  }
  const spread: PoolSpread = { X, P, R: R[2], stride: stride[2], dilation: dilation[2], begin: begin[2], divides };
  const tile = spreadTile(spread);
  scope.run(
    scope.kernel(`spread ${JSON.stringify(spread)}`, () => [poolSpread(spread)]),
    "spread",
    {
      items: N * C * X[0] * X[1] * Math.ceil(X[2] / tile),
      grain: grainOf((tile * (4 + R[2] + (8 * R[0] * R[1]) / (stride[0] * stride[1] * stride[2]))) / 4),
    },
    G,
    dV,
    scope.table(coveringTable(window, 0, 4 * P[1] * P[2], divisor)),
    scope.table(coveringTable(window, 1, 4 * P[2], divisor)),
    scope.numbers(divisors(window, divisor)),
    scope.workspace(scope.threads * spreadWorkspace(spread)),
  );
  return { address: dV, shape };
}

/** POOL-11: where in its plane the maximum of each window of V [N, C, …X] stands, as Z [N, C, …P]. */
export function winnersOfWindows(scope: Scope, V: Tensor, attributes: PoolAttributes): { Z: Tensor } {
  const [N, C, ...spatial] = V.shape;
  const window = slide(spatial, attributes.window, attributes);
  const { R, P } = window;
  const rows = rowsOf(window);
  const shape = [N, C, ...window.extents];
  const Z = scope.output(shape);
  scope.run(
    scope.kernel(`winners ${JSON.stringify(rows)}`, () => poolWinners(rows)),
    "winners",
    {
      items: N * C * P[0] * P[1] * Math.ceil(P[2] / winnersTile(rows)),
      grain: grainOf(3 * winnersTile(rows) * R[0] * R[1] * R[2]),
    },
    scope.input(V),
    Z,
    ...winnersTables(scope, window),
    scope.workspace(scope.threads * winnersWorkspace(rows)),
  );
  return { Z: scope.result(Z, shape) };
}

/** GRAD-20: gives the errors G [N, C, …P] of the windows of V [N, C, …X] to their winners, as dV [N, C, …X]. */
export function errorsToWinners(scope: Scope, V: Tensor, G: Tensor, attributes: PoolAttributes): { dV: Tensor } {
  const [N, C, ...spatial] = V.shape;
  const window = slide(spatial, attributes.window, attributes);
  const dV = scope.output(V.shape);
  const apart = apartOf(window);
  if (apart) {
    const { X, R, P } = apart;
    const kernel = scope.kernel(`winners-gradient apart ${JSON.stringify(apart)}`, () => [poolWinnersApart(apart)]);
    const work = { items: N * C * P[0] * P[1], grain: grainOf(3 * X[2] * R[0] * R[1]) };
    scope.run(kernel, "gradient", work, scope.input(V), scope.input(G), dV);
    return { dV: scope.result(dV, V.shape) };
  }
  const rows = rowsOf(window);
  // Planes are enough to share out where there are many.
  const parts = partsOf(window, Math.ceil(32 / Math.max(1, N * C)));
  scope.run(
    scope.kernel(`winners-gradient ${parts.length} ${JSON.stringify(rows)}`, () =>
      poolWinnersGradient(rows, parts.length),
    ),
    "gradient",
    { items: N * C * parts.length, grain: 1 },
    scope.input(V),
    scope.input(G),
    dV,
    ...winnersTables(scope, window),
    scope.table(parts.flat()),
    scope.workspace(scope.threads * winnersWorkspace(rows)),
  );
  return { dV: scope.result(dV, V.shape) };
}

const winnersTables = (scope: Scope, window: Slide): readonly number[] => [
  scope.table(axisTable(window, 0, 4 * window.X[1] * window.X[2], "none")),
  scope.table(axisTable(window, 1, 4 * window.X[2], "none")),
  scope.table(firstElements(window, NOWHERE)),
];

/** Cuts a plane along its slowest axis into at most so many runs of elements, each with the windows that reach it. */
function partsOf({ X, R, P, stride, dilation, begin }: Slide, most: number): readonly number[][] {
  const axis = X.findIndex((extent, axis) => extent > 1 || axis === 2);
  const count = Math.max(1, Math.min(most, X[axis]));
  const slice = X.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  return Array.from({ length: count }, (_, part) => {
    const [low, high] = [part, part + 1].map((edge) => Math.floor((X[axis] * edge) / count));
    const reach = (R[axis] - 1) * dilation[axis];
    const from = Math.max(0, Math.ceil((low + begin[axis] - reach) / stride[axis]));
    const past = Math.min(P[axis], Math.floor((high - 1 + begin[axis]) / stride[axis]) + 1);
    const windows = P.flatMap((extent, other) => (other === axis ? [from, past] : [0, extent]));
    const words = [...windows, low * slice, high * slice];
    return words.concat(new Array<number>(PART_WORDS - words.length).fill(0));
  });
}
