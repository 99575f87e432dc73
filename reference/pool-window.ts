import type { PoolAttributes } from "../spec/index.ts";
import { has, indices, type TensorOf } from "./tensor.ts";

/** POOL-1: the elements of V [N, C, …X] in the window at p; a cell outside the input is no element. */
export const windowElements = <T>(
  V: TensorOf<T>,
  n: number,
  c: number,
  p: readonly number[],
  a: readonly number[],
  { window, stride: s, dilation: d }: PoolAttributes,
): T[] => {
  const inside: T[] = [];
  for (const k of indices(...window)) {
    const v = [n, c, ...p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i])];
    if (has(V.shape, v)) inside.push(V.at(...v));
  }
  return inside;
};

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
