/** The rational m · 2^e / q, q odd and positive. q is 1 except where a formula divides. */
export interface Finite {
  readonly m: bigint;
  readonly e: number;
  readonly q: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

export const isZero = ({ m }: Finite): boolean => m === 0n;

/** m · 2^e / q with the factors of 2 moved out of q and common factors divided out. */
export function rational(m: bigint, e: number, q: bigint): Finite {
  if (q === 1n) return { m, e, q };
  if (m === 0n) return { m, e: 0, q: 1n };
  let odd = q < 0n ? -q : q;
  let exponent = e;
  while (odd % 2n === 0n) {
    odd /= 2n;
    exponent -= 1;
  }
  const common = gcd(m < 0n ? -m : m, odd);
  return { m: (q < 0n ? -m : m) / common, e: exponent, q: odd / common };
}

export function addRational(a: Finite, b: Finite): Finite {
  if (a.e === b.e && a.q === 1n && b.q === 1n) return { m: a.m + b.m, e: a.e, q: 1n };
  const e = Math.min(a.e, b.e);
  const m = (a.m << BigInt(a.e - e)) * b.q + (b.m << BigInt(b.e - e)) * a.q;
  return rational(m, e, a.q * b.q);
}

export const multiplyRational = (a: Finite, b: Finite): Finite => rational(a.m * b.m, a.e + b.e, a.q * b.q);

/** 1/a, for a ≠ 0. */
export const reciprocal = ({ m, e, q }: Finite): Finite => rational(q, -e, m);
