import { product } from "../geometry.ts";
import type { Padded } from "../winograd-plan.ts";
import type { KernelCall } from "./kernel-call.ts";

/** How a kernel gradient is computed by the transposes of F(m×m, 3×3): n = m + 2 cells of the input meet m gradients. */
export interface WinogradGradientPlan {
  readonly m: 2 | 4;
  readonly n: 4 | 6;
  /** Squares of m × m positions along each of the two axes. */
  readonly squares: readonly [rows: number, columns: number];
  /** Squares, of all samples, that are transformed and multiplied before the next. */
  readonly block: number;
  /** Output channels and input channels of an item of the products, multiples of KERNELS and CHANNELS. */
  readonly kernels: number;
  readonly channels: number;
}

/** Output channels and input channels of a tile of the products. */
export const KERNELS = 4;
export const CHANNELS = 8;

/** Elements of both transforms of a block: 16 MiB. */
const BLOCK_SIZE = 2 ** 22;
/** Squares of a block at most, which bounds the rounding error of a sum in registers, and at least. */
const MOST_SQUARES = 256;
const LEAST_SQUARES = 16;
/** Sums of an item: n² times as many stay in a second cache. */
const MOST_KERNELS = 64;
const LEAST_KERNELS = 16;
const MOST_CHANNELS = 32;
const ITEMS = 16;

/** What a square of four channels costs, four weights of a block, and a call, in steps that multiply four numbers. */
const SQUARE_COST = { 2: 110, 4: 330 } as const;
const WEIGHTS_COST = { 2: 100, 4: 300 } as const;
const CALL_COST = 100_000;
/** What it costs the direct kernels to lay out four elements of their rows, in steps. */
const ROWS_COST = 4;
/** Channels from which on it may be faster, and the fraction of the direct cost at which it is worth its error. */
const LEAST = 8;
const WORTH = 0.9;

const ceil = Math.ceil;
export const whole = (n: number, unit: number): number => ceil(n / unit) * unit;

const squaresOf = (m: 2 | 4, { window: { P } }: KernelCall) => [ceil(P[1] / m), ceil(P[2] / m)] as const;

/** Squares of a block, for as many as there are in all samples: blocks are equal but for the last. */
function blockOf(n: number, { C, O, groups }: KernelCall, total: number): number {
  const room = Math.floor(BLOCK_SIZE / (n * n * groups * (whole(C, CHANNELS) + whole(O, KERNELS))));
  return ceil(total / ceil(total / Math.max(LEAST_SQUARES, Math.min(MOST_SQUARES, room))));
}

/** Steps that the transposes of F(m×m, 3×3) take, transforms included. */
function cost(m: 2 | 4, call: KernelCall, samples: number): number {
  const squares = samples * product([1, ...squaresOf(m, call)]);
  const blocks = ceil(squares / blockOf(m + 2, call, squares));
  const [C, O] = [whole(call.C, CHANNELS), whole(call.O, KERNELS)];
  const perGroup = squares * ((m + 2) ** 2 * C * O + SQUARE_COST[m] * (C + O)) + blocks * WEIGHTS_COST[m] * C * O;
  return (call.groups * perGroup) / 4 + CALL_COST;
}

const directCost = ({ C, O, groups, window }: KernelCall, samples: number): number =>
  (9 * groups * C * (O + ROWS_COST) * samples * product(window.P)) / 4;

/** Whether a call has the form that Winograd's algorithms are for: 3×3 taps next to each other, on one plane. */
const applies = ({ X, R, P, stride, dilation }: KernelCall["window"]): boolean =>
  X[0] === 1 && P[0] === 1 && R[0] === 1 && [1, 2].every((i) => R[i] === 3 && stride[i] === 1 && dilation[i] === 1);

/**
 * How a kernel gradient is computed by Winograd's algorithm; undefined where sums of products are faster.
 * @param least channels, of input and of output, from which on it is used whatever it costs
 */
export function winogradGradientPlan(
  call: KernelCall,
  samples: number,
  least?: number,
): WinogradGradientPlan | undefined {
  const { C, O, groups } = call;
  if (!applies(call.window) || C < (least ?? LEAST) || O < (least ?? LEAST)) return undefined;
  const m = cost(2, call, samples) < cost(4, call, samples) ? 2 : 4;
  if (least === undefined && cost(m, call, samples) > WORTH * directCost(call, samples)) return undefined;
  const n = m === 2 ? 4 : 6;
  const squares = squaresOf(m, call);
  const channels = Math.min(whole(C, CHANNELS), MOST_CHANNELS);
  const wanted = whole(ceil((O * groups * ceil(C / channels)) / ITEMS), KERNELS);
  const kernels = Math.min(whole(O, KERNELS), MOST_KERNELS, Math.max(LEAST_KERNELS, wanted));
  return { m, n, squares, block: blockOf(n, call, samples * squares[0] * squares[1]), kernels, channels };
}

/** Extents that hold the squares of an array, each of which spans `cells` cells of it. */
export function paddedFor({ m, squares }: WinogradGradientPlan, cells: number): Padded {
  const [height, width] = squares.map((count) => (count - 1) * m + cells);
  return { height, width, pitch: whole(width, 4) + 4 };
}

/**
 * A transform of a block of squares of some channels: [groups][n²][channels / width][block][width], in elements.
 * Squares of `width` channels are next to each other, as the products read them.
 */
export interface TransformLayout {
  readonly width: number;
  /** Channels of a group, filled up to a multiple of the width. */
  readonly channels: number;
  /** From one element of the transform to the next: apart, so that they share no cache set. */
  readonly pitch: number;
  readonly groupPitch: number;
}

/** The layout for so many channels of a group. */
export function layoutOf({ n, block }: WinogradGradientPlan, channels: number, width: number): TransformLayout {
  const filled = whole(channels, width);
  const pitch = filled * block + 16;
  return { width, channels: filled, pitch, groupPitch: n * n * pitch };
}
