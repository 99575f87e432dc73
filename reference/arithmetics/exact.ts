import type { DType } from "../../spec/index.ts";
import type { Arithmetic } from "../arithmetic.ts";
import { round } from "../rounding.ts";

/** The rational m · 2^e / q, q odd and positive. q is 1 except where a formula divides. */
export interface Finite {
  readonly m: bigint;
  readonly e: number;
  readonly q: bigint;
}

/** An exact number, or what IEEE 754 has beside the finite non-zero ones: NaN, ±∞ and −0. */
export type Exact = Finite | number;

const zero: Finite = { m: 0n, e: 0, q: 1n };

const isRational = (a: Exact): a is Finite => typeof a === "object";

/** The value as a double that has its sign and, unless it is finite and not zero, its value. */
const sketch = (a: Exact): number => (isRational(a) ? Number(a.m > 0n) - Number(a.m < 0n) : a);

/** −0 counts as the finite zero wherever its sign makes no difference. */
const finite = (a: Exact): Finite => (isRational(a) ? a : zero);

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** m · 2^e / q with the factors of 2 moved out of q and common factors divided out. */
function rational(m: bigint, e: number, q: bigint): Finite {
  if (q === 1n) return { m, e, q };
  let odd = q < 0n ? -q : q;
  let exponent = e;
  while (odd % 2n === 0n) {
    odd /= 2n;
    exponent -= 1;
  }
  const common = gcd(m < 0n ? -m : m, odd);
  const sign = q < 0n ? -1n : 1n;
  return common === 0n ? zero : { m: (sign * m) / common, e: exponent, q: odd / common };
}

const bits = new DataView(new ArrayBuffer(8));

/** A double as what its bits say, exactly. */
export function exactly(value: number): Exact {
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
  if (!isRational(a) && !isRational(b)) return a + b;
  if (!isRational(a)) return a === 0 ? b : a;
  if (!isRational(b)) return b === 0 ? a : b;
  const e = Math.min(a.e, b.e);
  const m = (a.m << BigInt(a.e - e)) * b.q + (b.m << BigInt(b.e - e)) * a.q;
  return rational(m, e, a.q * b.q);
}

function multiply(a: Exact, b: Exact): Exact {
  if (isRational(a) && isRational(b)) return rational(a.m * b.m, a.e + b.e, a.q * b.q);
  const product = sketch(a) * sketch(b);
  return Number.isFinite(product) && !Object.is(product, -0) ? zero : product;
}

/** The sign of a − b. Neither is NaN; −0 compares equal to +0. */
export function compare(a: Exact, b: Exact): number {
  if ((isRational(a) || a === 0) && (isRational(b) || b === 0)) {
    const { m } = finite(add(finite(a), multiply(finite(b), exactly(-1))));
    return m > 0n ? 1 : m < 0n ? -1 : 0;
  }
  return Math.sign((isRational(a) ? 0 : a) - (isRational(b) ? 0 : b));
}

const isNotANumber = (a: Exact): boolean => !isRational(a) && Number.isNaN(a);

function max(a: Exact, b: Exact): Exact {
  if (isNotANumber(a) || isNotANumber(b)) return Number.NaN;
  if (a === b) return a;
  const order = compare(a, b);
  return order > 0 || (order === 0 && isRational(a)) ? a : b;
}

/** Exact rationals over the values that are stored; non-finite ones propagate as IEEE 754 says. */
export const exact: Arithmetic<Exact> = {
  zero,
  embed: exactly,
  add,
  multiply,
  scale: (a, p, q) => {
    if (q === 0) throw new RangeError("scale: the divisor q must not be 0");
    return isRational(a) ? rational(a.m * BigInt(p), a.e, a.q * BigInt(q)) : (a * p) / q;
  },
  max,
};

/** As exact, but a maximum passes over NaN (POOL-2, choice nan: ignore). */
export const exactIgnoringNaN: Arithmetic<Exact> = {
  ...exact,
  max: (a, b) => (isNotANumber(a) ? b : isNotANumber(b) ? a : max(a, b)),
};

/** An exact value rounded once to a number format. */
export const rounded = (a: Exact, dtype: DType): number => (isRational(a) ? round(a, dtype) : a);
