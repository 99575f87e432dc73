import { type DType, unitRoundoff } from "../../spec/index.ts";
import type { Arithmetic } from "../arithmetic.ts";
import { round } from "../rounding.ts";
import { exactly } from "./exact.ts";
import type { Finite } from "./rational.ts";

/** A value that is no integer below 2^53: only the exact numbers say what comes after it. */
export class NoInteger extends RangeError {
  override readonly name = "NoInteger";
}

// Thrown often, and caught: the one error there is takes no stack each time.
const noInteger = new NoInteger("a value is no integer below 2^53");

// −0 is no integer here: exact numbers tell it from +0, as IEEE 754 does.
const integer = (value: number): number => {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw noInteger;
  return value;
};

/** What an operation gives; no sum or product of integers is −0. */
const kept = (value: number): number => integer(value === 0 ? 0 : value);

// Near 2^53 a quotient or root that is no integer may round to one.
const quotient = (a: number, b: number): number => kept(a % b === 0 ? a / b : Number.NaN);

function root(a: number): number {
  const r = Math.sqrt(a);
  return kept(r * r === a ? r : Number.NaN);
}

/**
 * Integers below 2^53, as doubles: what the exact numbers give, much sooner, where every value on the way is one.
 * A double that is not a safe integer is never taken for one: results beyond 2^53 round to 2^53 or more.
 * @throws NoInteger where one is not
 */
export const integers: Arithmetic<number> = {
  zero: 0,
  embed: integer,
  add: (a, b) => kept(a + b),
  multiply: (a, b) => kept(a * b),
  scale: (a, p, q) => quotient(kept(a * p), q),
  max: (a, b) => (a > b ? a : b),
  divide: quotient,
  sqrt: root,
  compare: (a, b) => Math.sign(a - b),
};

/** An integer rounded once to a number format. */
export function roundedInteger(value: number, dtype: DType): number {
  if (dtype === "f32") return Math.fround(value);
  return Math.abs(value) <= 1 / unitRoundoff(dtype) ? value : round(exactly(value) as Finite, dtype);
}
