import type { Arithmetic } from "../arithmetic.ts";
import { round } from "../rounding.ts";
import { exactly } from "./exact.ts";
import { float64 } from "./float64.ts";

/** A double rounded to half precision. Sums and products of halves are exact in a double: one rounding each. */
const hround = (value: number): number => {
  const stored = exactly(value);
  return typeof stored === "number" ? stored : round(stored, "f16");
};

/** Half precision, each operation rounded: the naive sequential result. */
export const float16: Arithmetic<number> = {
  zero: 0,
  embed: hround,
  add: (a, b) => hround(a + b),
  multiply: (a, b) => hround(a * b),
  scale: (a, p, q) => hround(hround(a * p) / q),
  max: float64.max,
  // A double has more than twice the digits of a half: rounding twice is rounding once.
  divide: (a, b) => hround(a / b),
  sqrt: (a) => hround(Math.sqrt(a)),
  compare: float64.compare,
};
