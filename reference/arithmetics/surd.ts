import type { DType } from "../../spec/index.ts";
import { round } from "../rounding.ts";
import { addRational, type Finite, isZero, multiplyRational, reciprocal } from "./rational.ts";

/** b·√r, r > 0 and no square of a rational. */
interface Root {
  readonly b: Finite;
  readonly r: Finite;
}

/** A rational and a sum of roots: what L2 pooling and normalisation add up to, kept exactly. */
export interface Surd {
  readonly rational: Finite;
  readonly roots: readonly Root[];
}

const zero: Finite = { m: 0n, e: 0, q: 1n };

const bitLength = (n: bigint): number => n.toString(2).length;

/** ⌊√n⌋ by Newton's iteration from above. */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** r = n · 4^h / q² with n an integer: √r = √n · 2^h / q. */
const squared = ({ m, e, q }: Finite): { n: bigint; h: number; q: bigint } => {
  const odd = e % 2 !== 0;
  return { n: m * q * (odd ? 2n : 1n), h: (odd ? e - 1 : e) / 2, q };
};

/** √r, as a rational where it is one. */
export function root(r: Finite): Finite | Surd {
  const { n, h, q } = squared(r);
  const whole = integerRoot(n);
  if (whole * whole === n) return multiplyRational({ m: whole, e: h, q: 1n }, reciprocal({ m: q, e: 0, q: 1n }));
  return { rational: zero, roots: [{ b: { m: 1n, e: 0, q: 1n }, r }] };
}

export const asSurd = (a: Finite | Surd): Surd => ("roots" in a ? a : { rational: a, roots: [] });

const same = (a: Finite, b: Finite): boolean => isZero(addRational(a, { ...b, m: -b.m }));

/** Like roots added up, what is left over of them dropped. */
function collect(rational: Finite, roots: readonly Root[]): Finite | Surd {
  const collected: Root[] = [];
  for (const { b, r } of roots) {
    const at = collected.findIndex((other) => same(other.r, r));
    if (at < 0) collected.push({ b, r });
    else collected[at] = { b: addRational(collected[at].b, b), r };
  }
  const left = collected.filter(({ b }) => !isZero(b));
  return left.length === 0 ? rational : { rational, roots: left };
}

export const addSurds = (a: Surd, b: Surd): Finite | Surd =>
  collect(addRational(a.rational, b.rational), [...a.roots, ...b.roots]);

export function multiplySurds(a: Surd, b: Surd): Finite | Surd {
  let product: Finite | Surd = multiplyRational(a.rational, b.rational);
  const plus = (term: Finite | Surd): void => {
    product = addSurds(asSurd(product), asSurd(term));
  };
  for (const { b: factor, r } of b.roots) plus(collect(zero, [{ b: multiplyRational(a.rational, factor), r }]));
  for (const left of a.roots) {
    plus(collect(zero, [{ b: multiplyRational(left.b, b.rational), r: left.r }]));
    for (const right of b.roots) {
      const { rational, roots } = asSurd(same(left.r, right.r) ? left.r : root(multiplyRational(left.r, right.r)));
      const factor = multiplyRational(left.b, right.b);
      plus(
        collect(
          multiplyRational(factor, rational),
          roots.map(({ b: inner, r }) => ({ b: multiplyRational(factor, inner), r })),
        ),
      );
    }
  }
  return product;
}

/** 1/(b·√r) = √r/(b·r). @throws {RangeError} for more than one root, which no formula of the spec divides by */
export function surdReciprocal({ rational, roots }: Surd): Surd {
  const [only, ...others] = roots;
  if (others.length > 0 || !isZero(rational)) throw new RangeError("only a single root can be divided by exactly");
  return { rational: zero, roots: [{ b: reciprocal(multiplyRational(only.b, only.r)), r: only.r }] };
}

/** Rationals below and above a surd, closer together the more bits are asked for. */
function enclosure({ rational, roots }: Surd, bits: number): readonly [low: Finite, high: Finite] {
  let [low, high] = [rational, rational];
  for (const { b, r } of roots) {
    const { n, h, q } = squared(r);
    const floor = integerRoot(n << BigInt(2 * bits));
    const scale = multiplyRational({ m: 1n, e: h - bits, q: 1n }, reciprocal({ m: q, e: 0, q: 1n }));
    const ends = [floor, floor + 1n].map((end) =>
      multiplyRational(b, multiplyRational({ m: end, e: 0, q: 1n }, scale)),
    );
    low = addRational(low, b.m > 0n ? ends[0] : ends[1]);
    high = addRational(high, b.m > 0n ? ends[1] : ends[0]);
  }
  return [low, high];
}

/** Past this many bits a surd that still touches a boundary is taken to lie on it. */
const mostBits = 4096;

function narrowed<R>(a: Surd, read: (end: Finite) => R): R {
  for (let bits = 128; ; bits *= 2) {
    const [low, high] = enclosure(a, bits).map(read);
    if (Object.is(low, high) || bits >= mostBits) return low;
  }
}

/** A surd rounded once to a number format. */
export const roundSurd = (a: Surd, dtype: DType): number => narrowed(a, (end) => round(end, dtype));

/** The sign of a surd. */
export const surdSign = (a: Surd): number => narrowed(a, ({ m }) => (m > 0n ? 1 : m < 0n ? -1 : 0));
