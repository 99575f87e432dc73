import type { Triple } from "../../plain/volume.ts";
import { type Block, blockOf } from "../block.ts";
import { type Geometry, product } from "../geometry.ts";
import type { KernelCall } from "./kernel-call.ts";

/** How the sums are cut into items, each one channel of the input × some positions. */
export interface CorrelationsPlan {
  /** Positions that are worked on together, and how many such blocks a sample has along each axis. */
  readonly positions: Triple;
  readonly blocks: Triple;
  /** Into how many sums, added up in the end, the positions of all samples are cut. */
  readonly parts: number;
}

/** Output channels of a group up to which the input is not worth laying out for them, and taps at most: a call is written out for every few. */
const KERNELS = 3;
const TAPS = 16_384;
/** Columns from which on rows fill vectors well enough. */
const COLUMNS = 6;
/** Elements of a block of the input: 128 KiB, a part of the second cache. */
const SIZE = 32_768;
const ITEMS = 16;

/** One channel of the input as that of a forward call, for the layout of its rows. */
export const channelGeometry = ({ window }: KernelCall): Geometry => {
  const { X, R, P, stride, dilation, begin } = window;
  return { groups: 1, C: 1, O: 1, X, R, P, stride, dilation, begin, flipped: false, bias: false };
};

/** The layout of the input under a block of positions. */
export const inputBlock = (call: KernelCall, positions: Triple): Block => blockOf(channelGeometry(call), positions);

const halvings = (n: number, fits: (n: number) => boolean): number => {
  let size = n;
  while (size > 1 && !fits(size)) size = Math.ceil(size / 2);
  return size;
};

/** Undefined where products of whole rows of weights are faster. */
export function correlationsPlan(call: KernelCall, samples: number): CorrelationsPlan | undefined {
  const { C, O, groups, window } = call;
  const { P, R } = window;
  if (O > KERNELS || P[2] < COLUMNS || product(R) > TAPS) return undefined;
  const fits = (positions: Triple): boolean => inputBlock(call, positions).size <= SIZE;
  const columns = Math.min(P[2], Math.max(64, Math.ceil(halvings(P[2], (n) => fits([1, 1, n])) / 4) * 4));
  const rows = columns < P[2] ? 1 : halvings(P[1], (n) => fits([1, n, columns]));
  const planes = rows < P[1] || columns < P[2] ? 1 : halvings(P[0], (n) => fits([n, rows, columns]));
  const positions: Triple = [planes, rows, columns];
  const [n0, n1, n2] = [0, 1, 2].map((i) => Math.ceil(P[i] / positions[i]));
  const blocks: Triple = [n0, n1, n2];
  const parts = Math.max(1, Math.min(Math.ceil(ITEMS / (groups * C)), samples * product(blocks)));
  return { positions, blocks, parts };
}
