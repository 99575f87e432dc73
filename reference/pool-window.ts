import type { PoolAttributes } from "../spec/index.ts";
import { has, indices, type TensorOf } from "./tensor.ts";

/** One element of a window: its tap k, and its place v on the spatial axes of the input. */
export interface Tap {
  readonly k: readonly number[];
  readonly v: readonly number[];
}

/** POOL-1: the elements of an input of extents X in the window at p; a cell outside the input is no element. */
export const windowTaps = (
  X: readonly number[],
  p: readonly number[],
  a: readonly number[],
  { window, stride: s, dilation: d }: PoolAttributes,
): Tap[] => {
  const inside: Tap[] = [];
  for (const k of indices(...window)) {
    const v = p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i]);
    if (has(X, v)) inside.push({ k, v });
  }
  return inside;
};

/** The windows that hold the element at v: their output positions p, and at which tap k of theirs it stands. */
export const windowsHolding = (
  P: readonly number[],
  v: readonly number[],
  a: readonly number[],
  { window, stride: s, dilation: d }: PoolAttributes,
): { readonly k: readonly number[]; readonly p: readonly number[] }[] => {
  const holding: { k: readonly number[]; p: number[] }[] = [];
  for (const k of indices(...window)) {
    const p = v.map((_, i) => (v[i] + a[i] - k[i] * d[i]) / s[i]);
    if (p.every(Number.isInteger) && has(P, p)) holding.push({ k, p });
  }
  return holding;
};

/** POOL-1: the elements of V [N, C, …X] in the window at p. */
export const windowElements = <T>(
  V: TensorOf<T>,
  n: number,
  c: number,
  p: readonly number[],
  a: readonly number[],
  attributes: PoolAttributes,
): T[] => windowTaps(V.shape.slice(2), p, a, attributes).map(({ v }) => V.at(n, c, ...v));

/** POOL-3: the cells of the window at p that lie in the padded input; what overhangs its end is none. */
export const paddedCells = (
  X: readonly number[],
  p: readonly number[],
  end: readonly number[],
  a: readonly number[],
  { window, stride: s, dilation: d }: PoolAttributes,
): number => {
  let cells = 0;
  for (const k of indices(...window)) {
    if (p.every((_, i) => p[i] * s[i] + k[i] * d[i] - a[i] < X[i] + end[i])) cells += 1;
  }
  return cells;
};
