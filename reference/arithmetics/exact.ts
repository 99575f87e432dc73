import type { DType } from "../../spec/index.ts";
import type { Arithmetic } from "../arithmetic.ts";
import { round } from "../rounding.ts";
import { addRational, type Finite, multiplyRational, rational, reciprocal } from "./rational.ts";
import { addSurds, asSurd, multiplySurds, root, roundSurd, type Surd, surdReciprocal, surdSign } from "./surd.ts";

/** An exact number, or what IEEE 754 has beside the finite non-zero ones: NaN, ±∞ and −0. */
export type Exact = Finite | Surd | number;

const zero: Finite = { m: 0n, e: 0, q: 1n };

const isNumber = (a: Exact): a is Finite | Surd => typeof a === "object";
const isRational = (a: Exact): a is Finite => isNumber(a) && "m" in a;
const isNotANumber = (a: Exact): boolean => !isNumber(a) && Number.isNaN(a);

/** The sign of an exact number. */
const signOf = (a: Finite | Surd): number => (isRational(a) ? Number(a.m > 0n) - Number(a.m < 0n) : surdSign(a));

/** A double with the sign of the value, and its value where that is not finite or zero. */
const sketch = (a: Exact): number => (isNumber(a) ? signOf(a) : a);

/** −0 counts as the number zero wherever its sign makes no difference. */
const unsigned = (a: Exact): Exact => (a === 0 ? zero : a);

const bits = new DataView(new ArrayBuffer(8));

/** A double as what its bits say, exactly. */
export function exactly(value: number): Finite | number {
  if (!Number.isFinite(value) || Object.is(value, -0)) return value;
  if (Number.isSafeInteger(value)) return { m: BigInt(value), e: 0, q: 1n };
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const m = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { m: value < 0 ? -m : m, e: Math.max(exponent, 1) - 1075, q: 1n };
}

function add(a: Exact, b: Exact): Exact {
  if (isRational(a) && isRational(b)) return addRational(a, b);
  if (isNumber(a) && isNumber(b)) return addSurds(asSurd(a), asSurd(b));
  if (!isNumber(a) && !isNumber(b)) return a + b;
  if (!isNumber(a)) return a === 0 ? b : a;
  return b === 0 ? a : b;
}

/** What IEEE 754 makes of a product or quotient of which a factor is zero or not finite. */
const signed = (result: number): Exact => (Number.isFinite(result) && !Object.is(result, -0) ? zero : result);

function multiply(a: Exact, b: Exact): Exact {
  if (isRational(a) && isRational(b)) return multiplyRational(a, b);
  if (isNumber(a) && isNumber(b)) return multiplySurds(asSurd(a), asSurd(b));
  return signed(sketch(a) * sketch(b));
}

function divide(a: Exact, b: Exact): Exact {
  if (isNumber(a) && isNumber(b) && signOf(b) !== 0)
    return multiply(a, isRational(b) ? reciprocal(b) : surdReciprocal(b));
  return signed(sketch(a) / sketch(b));
}

function sqrt(a: Exact): Exact {
  if (!isNumber(a)) return Math.sqrt(a);
  if (!isRational(a)) throw new RangeError("the root of a root is not kept exactly");
  return a.m < 0n ? Number.NaN : root(a);
}

/** The sign of a − b, NaN where either is. −0 compares equal to +0. */
export function compare(a: Exact, b: Exact): number {
  const [left, right] = [unsigned(a), unsigned(b)];
  if (isNumber(left) && isNumber(right)) return sketch(add(left, multiply(right, exactly(-1))));
  if (isNotANumber(left) || isNotANumber(right)) return Number.NaN;
  return left === right ? 0 : Math.sign((isNumber(left) ? 0 : left) - (isNumber(right) ? 0 : right));
}

function max(a: Exact, b: Exact): Exact {
  const order = compare(a, b);
  if (Number.isNaN(order)) return Number.NaN;
  return order > 0 || (order === 0 && isNumber(a)) ? a : b;
}

/** Exact numbers over the values that are stored; non-finite ones propagate as IEEE 754 says. */
export const exact: Arithmetic<Exact> = {
  zero,
  embed: exactly,
  add,
  multiply,
  scale: (a, p, q) => {
    if (q === 0) throw new RangeError("scale: the divisor q must not be 0");
    return isNumber(a) ? multiply(a, rational(BigInt(p), 0, BigInt(q))) : (a * p) / q;
  },
  max,
  divide,
  sqrt,
  compare,
};

/** An exact value rounded once to a number format. */
export const rounded = (a: Exact, dtype: DType): number =>
  isNumber(a) ? (isRational(a) ? round(a, dtype) : roundSurd(a, dtype)) : a;
