import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices } from "./tensor.ts";

/** A function of d real variables with values in a number system. */
export type RealFunction<T> = (...point: number[]) => T;

/** The cells of a box of ℝᵈ: n of them on each axis, of width h, from `low` on. */
export interface Grid {
  readonly low: readonly number[];
  readonly n: readonly number[];
  /** As a ratio p/q. */
  readonly h: readonly [p: number, q: number];
}

/**
 * CONV-1   s(t) ≈ hᵈ · Σ_j x(a_j) · w(t − a_j), a_j the middle of cell j: the midpoint rule for ∫ x(a) w(t − a) da
 * over the box. With a width and corners that are dyadic, every a_j is a double exactly.
 */
export const convolveAt = <T>(
  arithmetic: Arithmetic<T>,
  x: RealFunction<T>,
  w: RealFunction<T>,
  t: readonly number[],
  { low, n, h: [p, q] }: Grid,
): T => {
  const terms = Array.from(indices(...n), (j) => {
    const a = j.map((at, i) => low[i] + ((at + 0.5) * p) / q);
    return arithmetic.multiply(x(...a), w(...t.map((at, i) => at - a[i])));
  });
  return arithmetic.scale(sum(arithmetic, terms), p ** n.length, q ** n.length);
};
