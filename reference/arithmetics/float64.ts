import type { Arithmetic } from "../arithmetic.ts";

/** Doubles, each operation rounded: the naive sequential result. */
export const float64: Arithmetic<number> = {
  zero: 0,
  embed: (value) => value,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  scale: (a, p, q) => (a * p) / q,
  max: Math.max,
  divide: (a, b) => a / b,
  sqrt: Math.sqrt,
  compare: (a, b) => (a === b ? 0 : Math.sign(a - b)),
};
