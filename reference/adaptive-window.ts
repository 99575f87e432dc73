import { adaptiveWindow } from "../spec/index.ts";
import { indices } from "./tensor.ts";

/** POOL-7: the places v of an input of extents X in window p of a grid of P. */
export const adaptiveCells = (X: readonly number[], P: readonly number[], p: readonly number[]): number[][] => {
  const bounds = X.map((_, i) => adaptiveWindow(p[i], P[i], X[i]));
  const cells = indices(...bounds.map(([from, to]) => to - from));
  return Array.from(cells, (k) => k.map((_, i) => bounds[i][0] + k[i]));
};

/** The windows p of a grid of P that hold the place v of an input of extents X. */
export const adaptiveHolding = (
  X: readonly number[],
  P: readonly number[],
  v: readonly number[],
): (readonly number[])[] =>
  Array.from(indices(...P)).filter((p) =>
    p.every((_, i) => {
      const [from, to] = adaptiveWindow(p[i], P[i], X[i]);
      return from <= v[i] && v[i] < to;
    }),
  );
