import type { Arithmetic } from "../arithmetic.ts";

/** Doubles, each operation rounded: the naive sequential result. */
export const float64: Arithmetic<number> = {
  zero: 0,
  embed: (value) => value,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  scale: (a, p, q) => (a * p) / q,
  max: (a, b) => (Number.isNaN(a) || a >= b ? a : b),
};
