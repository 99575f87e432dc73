import type { Arithmetic } from "../arithmetic.ts";
import { float64 } from "./float64.ts";

const { fround } = Math;

/** Single precision, each operation rounded: the naive sequential result. */
export const float32: Arithmetic<number> = {
  zero: 0,
  embed: fround,
  add: (a, b) => fround(a + b),
  multiply: (a, b) => fround(a * b),
  scale: (a, p, q) => fround(fround(a * p) / q),
  max: float64.max,
  divide: (a, b) => fround(a / b),
  sqrt: (a) => fround(Math.sqrt(a)),
  compare: float64.compare,
};
