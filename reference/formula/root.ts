import { type Fraction, fraction } from "mathjs";
import { integerRoot } from "../arithmetics/surd.ts";

/** b·√r */
interface Root {
  readonly b: Fraction;
  readonly r: Fraction;
}

/**
 * A fraction and a sum of roots, kept exactly. The quotient of two radicands is never a square: such roots
 * are independent over the rationals, so that two of these are equal where their parts are.
 */
export interface RootSum {
  readonly rational: Fraction;
  readonly roots: readonly Root[];
}

const zero = fraction(0n, 1n);

/** √r where that is a fraction. */
function squareRoot({ n, d }: Fraction): Fraction | undefined {
  const [p, q] = [integerRoot(n), integerRoot(d)];
  return p * p === n && q * q === d ? fraction(p, q) : undefined;
}

/** A fraction plus roots, like ones added up: √s = √(r·s)/r · √r where r·s is a square. */
export function rootSum(rational: Fraction, terms: readonly Root[]): RootSum | Fraction {
  let whole = rational;
  const roots: Root[] = [];
  for (const { b, r } of terms) {
    const root = squareRoot(r);
    const at = roots.findIndex((other) => squareRoot(other.r.mul(r)));
    if (root) whole = whole.add(b.mul(root));
    else if (at < 0) roots.push({ b, r });
    else {
      const factor = (squareRoot(roots[at].r.mul(r)) as Fraction).div(roots[at].r);
      roots[at] = { b: roots[at].b.add(b.mul(factor)), r: roots[at].r };
    }
  }
  const left = roots.filter(({ b }) => b.n !== 0n);
  return left.length === 0 ? whole : { rational: whole, roots: left };
}

export const isRootSum = (a: unknown): a is RootSum => typeof a === "object" && a !== null && "roots" in a;

const parts = (a: RootSum | Fraction): RootSum => (isRootSum(a) ? a : { rational: a, roots: [] });

/** √a, for a fraction a ≥ 0. */
export const rootOf = (a: Fraction): RootSum | Fraction => rootSum(zero, [{ b: fraction(1n, 1n), r: a }]);

export function addRoots(a: RootSum | Fraction, b: RootSum | Fraction): RootSum | Fraction {
  const [left, right] = [parts(a), parts(b)];
  return rootSum(left.rational.add(right.rational), [...left.roots, ...right.roots]);
}

export function multiplyRoots(a: RootSum | Fraction, b: RootSum | Fraction): RootSum | Fraction {
  const [left, right] = [parts(a), parts(b)];
  return rootSum(left.rational.mul(right.rational), [
    ...left.roots.map((root) => ({ b: root.b.mul(right.rational), r: root.r })),
    ...right.roots.map((root) => ({ b: root.b.mul(left.rational), r: root.r })),
    ...left.roots.flatMap((l) => right.roots.map((r) => ({ b: l.b.mul(r.b), r: l.r.mul(r.r) }))),
  ]);
}

/** 1/a. @throws {RangeError} for more than a single root, which no formula of the spec divides by */
export function inverseRoot({ rational, roots: [only, ...others] }: RootSum): RootSum | Fraction {
  if (others.length > 0 || rational.n !== 0n) throw new RangeError("only a single root can be divided by exactly");
  return rootSum(zero, [{ b: only.b.mul(only.r).inverse(), r: only.r }]);
}

/** The sign of a sum of roots. @throws {RangeError} where it is too near zero to tell in doubles */
export function rootSign({ rational, roots }: RootSum): number {
  const terms = [rational.valueOf(), ...roots.map(({ b, r }) => b.valueOf() * Math.sqrt(r.valueOf()))];
  const total = terms.reduce((sum, term) => sum + term, 0);
  const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
  if (Math.abs(total) < size * 2 ** -40) throw new RangeError("the sign of a sum of roots is in doubt");
  return Math.sign(total);
}
