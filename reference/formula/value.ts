import { type Fraction, fraction } from "mathjs";
import type { Domain } from "./domain.ts";

/** An exact fraction, or what IEEE 754 has beside the finite numbers: NaN and ±∞. Zero has no sign here. */
export type Value = Fraction | number;

const isFraction = (a: Value): a is Fraction => typeof a === "object";

/** A value as a double with its sign and, where it is not finite, its value: what IEEE 754 needs of a finite operand. */
const sketch = (a: Value): number => (isFraction(a) ? Math.sign(Number(a.n)) * Number(a.s) : a);

const ofInteger = (integer: number): Fraction => fraction(BigInt(integer), 1n);

const zero = ofInteger(0);

/** A binary operation: that of fractions where both are finite, that of IEEE 754 on their sketches where one is not. */
const lifted =
  (exactly: (a: Fraction, b: Fraction) => Value, special: (a: number, b: number) => number) =>
  (a: Value, b: Value): Value => {
    if (isFraction(a) && isFraction(b)) return exactly(a, b);
    const result = special(sketch(a), sketch(b));
    return Number.isFinite(result) ? zero : result;
  };

const isZero = (a: Value): boolean => isFraction(a) && a.n === 0n;

function larger(a: Value, b: Value): Value {
  if (isFraction(a) && isFraction(b)) return a.compare(b) >= 0 ? a : b;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  return isFraction(a) ? larger(b, a) : a > 0 ? a : b;
}

const negate = (a: Value): Value => (isFraction(a) ? a.neg() : -a);

const rounding =
  (round: (a: Fraction) => Fraction) =>
  (a: Value): Value =>
    isFraction(a) ? round(a) : a;

/** Exact fractions, as mathjs has them, with NaN and ±∞ after IEEE 754. */
export const values: Domain<Value> = {
  of: ofInteger,
  add: lifted(
    (a, b) => a.add(b),
    (a, b) => a + b,
  ),
  subtract: lifted(
    (a, b) => a.sub(b),
    (a, b) => a - b,
  ),
  multiply: lifted(
    (a, b) => a.mul(b),
    (a, b) => a * b,
  ),
  divide: (a, b) => {
    if (isZero(b)) return sketch(a) / 0;
    return lifted(
      (n, d) => n.div(d),
      (n, d) => n / d,
    )(a, b);
  },
  negate,
  floor: rounding((a) => a.floor()),
  ceil: rounding((a) => a.ceil()),
  max: larger,
  min: (a, b) => negate(larger(negate(a), negate(b))),
};

const bits = new DataView(new ArrayBuffer(8));

/** A stored number as the fraction its bits say: significand · 2^exponent. */
export function embedded(stored: number): Value {
  if (!Number.isFinite(stored)) return stored;
  if (Number.isSafeInteger(stored)) return ofInteger(stored);
  bits.setFloat64(0, stored);
  const pattern = bits.getBigUint64(0);
  const field = (pattern >> 52n) & 0x7ffn;
  const trailing = pattern & 0xf_ffff_ffff_ffffn;
  const significand = field === 0n ? trailing : trailing | (1n << 52n);
  const exponent = (field === 0n ? 1n : field) - 1075n;
  const signed = stored < 0 ? -significand : significand;
  return exponent < 0n ? fraction(signed, 1n << -exponent) : fraction(signed << exponent, 1n);
}

/** The rational n/d in lowest terms, d > 0; with d = 0 what is not finite: 1/0 is ∞, −1/0 is −∞ and 0/0 is NaN. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

/** A number that is not finite, as a ratio. */
export const improper = (a: number): Ratio => ({ n: Number.isNaN(a) ? 0n : BigInt(Math.sign(a)), d: 0n });

export const ratio = (a: Value): Ratio => (isFraction(a) ? { n: a.s * a.n, d: a.d } : improper(a));
