import type { Triple } from "../../plain/volume.ts";
import type { Block } from "../block.ts";
import { product } from "../geometry.ts";
import { type KernelCall, lanesOf } from "./kernel-call.ts";

/** How the sums over positions are cut into items, each some input channels × some output channels × some positions. */
export interface ProductsPlan {
  /** Positions whose products are added up in registers: whole rows, or whole planes, or a part of one row. */
  readonly positions: Triple;
  /** How many such blocks a sample has along each axis. */
  readonly blocks: Triple;
  /** Input channels of an item, and how many items they make. */
  readonly channels: number;
  readonly columns: number;
  /** Output channels of an item, and how many items they make. */
  readonly kernels: number;
  readonly chunks: number;
  /** Into how many sums, added up in the end, the positions of all samples are cut. */
  readonly parts: number;
}

/** Weights that are worth working on together. */
const LANES = 192;
/** Positions that are added up before the sum joins that of others, which bounds the rounding error of long sums. */
const POSITIONS = 256;
/** Elements at most that the rows of the block of positions hold, and the input they are taken from. */
const ROWS_SIZE = 65_536;
const BOX_SIZE = 131_072;
/** How many items a call should have, and how many output channels are worth laying out the input again. */
const ITEMS = 16;
const LEAST_KERNELS = 128;
/** Multiplications worth an item. */
const LEAST_WORK = 200_000;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const ceil = Math.ceil;
const evenly = (n: number, most: number): number => ceil(n / ceil(n / Math.max(1, Math.min(n, most))));

/** The number of channels, of those with whole vectors, of which whole blocks leave fewest over. */
function channelsOf(C: number, taps: number): number {
  const most = Math.min(C, Math.max(1, Math.floor(LANES / taps)));
  const unit = 8 / gcd(taps, 8);
  if (most < 2 * unit) return most;
  const sizes = Array.from({ length: Math.floor(most / unit) }, (_, i) => (i + 1) * unit).filter((n) => 2 * n > most);
  const waste = (n: number): number => ceil(C / n) * n;
  return sizes.reduceRight((best, n) => (waste(n) < waste(best) ? n : best));
}

/** The extents of the input under a block of positions. */
const spans = ({ window: { R, stride, dilation } }: KernelCall, positions: Triple): Triple => {
  const span = (i: 0 | 1 | 2): number => (positions[i] - 1) * stride[i] + (R[i] - 1) * dilation[i] + 1;
  return [span(0), span(1), span(2)];
};

/** The layout of the input under a block of positions: all of it from first to last, on each axis. */
export function boxOf(call: KernelCall, positions: Triple, channels: number): Block {
  const [planes, rows, width] = spans(call, positions);
  const rowPitch = ceil(width / 4) * 4 + 4;
  const channelPitch = planes * rows * rowPitch;
  const axis = (count: number) => ({ count, perOutput: 1, perTap: 1, gathered: false });
  return {
    outputs: [1, 1, 1],
    axes: [axis(planes), axis(rows)],
    segments: { count: 1, apart: 1, length: width },
    columns: [0],
    rowPitch,
    channelPitch,
    size: channelPitch * channels + 16,
  };
}

function positionsOf(call: KernelCall, channels: number): Triple {
  const { R, P } = call.window;
  const most = Math.max(8, Math.min(POSITIONS, Math.floor(ROWS_SIZE / (channels * product(R)))));
  const fits = (positions: Triple): boolean =>
    product(positions) <= most && boxOf(call, positions, channels).size <= BOX_SIZE;
  if (P[2] > most) return [1, 1, evenly(P[2], most)];
  const whole = (axis: 0 | 1, positions: (n: number) => Triple): number => {
    let n = P[axis];
    while (n > 1 && !fits(positions(n))) n = evenly(P[axis], n - 1) < n ? evenly(P[axis], n - 1) : n - 1;
    return n;
  };
  const rows = whole(1, (n) => [1, n, P[2]]);
  if (rows < P[1]) return [1, rows, P[2]];
  return [whole(0, (n) => [n, P[1], P[2]]), P[1], P[2]];
}

/** Cuts a call of `samples` samples. What is computed does not depend on the number of threads. */
export function productsPlan(call: KernelCall, samples: number): ProductsPlan {
  const { C, O, groups, window } = call;
  const channels = channelsOf(C, product(window.R));
  const columns = ceil(C / channels);
  const positions = positionsOf(call, channels);
  const [n0, n1, n2] = [0, 1, 2].map((i) => ceil(window.P[i] / positions[i]));
  const blocks: Triple = [n0, n1, n2];
  const work = samples * product(window.P) * groups * O * lanesOf(call);
  const wanted = Math.max(1, Math.min(ITEMS, Math.floor(work / LEAST_WORK)));
  const some = ceil(wanted / (groups * columns));
  const kernels = ceil(ceil(O / Math.max(1, Math.min(some, Math.floor(O / LEAST_KERNELS)))) / 12) * 12;
  const chunks = ceil(O / kernels);
  const parts = Math.max(1, Math.min(ceil(some / chunks), samples * product(blocks)));
  return { positions, blocks, channels, columns, kernels, chunks, parts };
}
