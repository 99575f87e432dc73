import { type Fraction, fraction } from "mathjs";
import type { Domain } from "./domain.ts";
import { addRoots, inverseRoot, isRootSum, multiplyRoots, type RootSum, rootOf, rootSign, rootSum } from "./root.ts";

/** An exact fraction, or a sum of roots, or what IEEE 754 has beside the finite numbers: NaN and ±∞. Zero has no sign here. */
export type Value = Fraction | RootSum | number;

const isFraction = (a: Value): a is Fraction => typeof a === "object" && !isRootSum(a);

/** A value as a double with its sign and, where it is not finite, its value: what IEEE 754 needs of a finite operand. */
const sketch = (a: Value): number => {
  if (isFraction(a)) return Math.sign(Number(a.n)) * Number(a.s);
  return isRootSum(a) ? rootSign(a) : a;
};

const ofInteger = (integer: number): Fraction => fraction(BigInt(integer), 1n);

const zero = ofInteger(0);

type Finite = Fraction | RootSum;

/** A binary operation: the exact one where both are finite, that of IEEE 754 on their sketches where one is not. */
const lifted =
  (
    exactly: (a: Fraction, b: Fraction) => Value,
    withRoots: (a: Finite, b: Finite) => Value,
    special: (a: number, b: number) => number,
  ) =>
  (a: Value, b: Value): Value => {
    if (isFraction(a) && isFraction(b)) return exactly(a, b);
    if (typeof a === "object" && typeof b === "object") return withRoots(a, b);
    const result = special(sketch(a), sketch(b));
    return Number.isFinite(result) ? zero : result;
  };

const isZero = (a: Value): boolean => isFraction(a) && a.n === 0n;

const minusOne = ofInteger(-1);

const negate = (a: Value): Value => {
  if (isFraction(a)) return a.neg();
  return isRootSum(a) ? multiplyRoots(a, minusOne) : -a;
};

/** The sign of a − b as Max ranks values: NaN is above all others, and level with itself. */
export function compareValues(a: Value, b: Value): number {
  if (isFraction(a) && isFraction(b)) return a.compare(b);
  if (typeof a === "object" && typeof b === "object") return sketch(addRoots(a, negate(b) as Finite));
  const rank = (value: Value) => (typeof value === "object" ? 0 : Number.isNaN(value) ? 2 : Math.sign(value));
  return Math.sign(rank(a) - rank(b));
}

const larger = (a: Value, b: Value): Value => (compareValues(a, b) >= 0 ? a : b);
const smaller = (a: Value, b: Value): Value => negate(larger(negate(a), negate(b)));

const rounding =
  (round: (a: Fraction) => Fraction) =>
  (a: Value): Value =>
    isFraction(a) ? round(a) : a;

/** Exact fractions, as mathjs has them, with NaN and ±∞ after IEEE 754. */
export const values: Domain<Value> = {
  of: ofInteger,
  add: lifted(
    (a, b) => a.add(b),
    addRoots,
    (a, b) => a + b,
  ),
  subtract: lifted(
    (a, b) => a.sub(b),
    (a, b) => addRoots(a, negate(b) as Finite),
    (a, b) => a - b,
  ),
  multiply: lifted(
    (a, b) => a.mul(b),
    multiplyRoots,
    (a, b) => a * b,
  ),
  divide: (a, b) => {
    if (isZero(b)) return sketch(a) / 0;
    return lifted(
      (n, d) => n.div(d),
      (n, d) => (isRootSum(d) ? multiplyRoots(n, inverseRoot(d)) : multiplyRoots(n, d.inverse())),
      (n, d) => n / d,
    )(a, b);
  },
  negate,
  sqrt: (a) => {
    if (isRootSum(a)) throw new RangeError("the root of a root is not kept exactly");
    return isFraction(a) && sketch(a) >= 0 ? rootOf(a) : Math.sqrt(sketch(a));
  },
  floor: rounding((a) => a.floor()),
  ceil: rounding((a) => a.ceil()),
  max: larger,
  min: smaller,
  mod: lifted(
    (a, b) => a.mod(b),
    () => Number.NaN,
    (a, b) => a % b,
  ),
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

/**
 * The rational n/d in lowest terms, d > 0; with d = 0 what is not finite: 1/0 is ∞, −1/0 is −∞ and 0/0 is NaN.
 * Where there are roots, n/d + Σ b·√r.
 */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
  readonly roots?: readonly { readonly b: Ratio; readonly r: Ratio }[];
}

/** A number that is not finite, as a ratio. */
export const improper = (a: number): Ratio => ({ n: Number.isNaN(a) ? 0n : BigInt(Math.sign(a)), d: 0n });

const ratioOfFraction = (a: Fraction): Ratio => ({ n: a.s * a.n, d: a.d });

export const ratio = (a: Value): Ratio => {
  if (isFraction(a)) return ratioOfFraction(a);
  if (!isRootSum(a)) return improper(a);
  const roots = a.roots.map(({ b, r }) => ({ b: ratioOfFraction(b), r: ratioOfFraction(r) }));
  return { ...ratioOfFraction(a.rational), roots };
};

/** Whether two are the same number, with roots however they are written. */
export function sameRatio(a: Ratio, b: Ratio): boolean {
  if (!a.roots && !b.roots) return a.n === b.n && a.d === b.d;
  if (a.d === 0n || b.d === 0n) return false;
  const value = ({ n, d, roots = [] }: Ratio): Finite =>
    rootSum(
      fraction(n, d),
      roots.map(({ b: factor, r }) => ({ b: fraction(factor.n, factor.d), r: fraction(r.n, r.d) })),
    );
  const left = addRoots(value(a), negate(value(b)) as Finite);
  return isFraction(left) && left.n === 0n;
}
