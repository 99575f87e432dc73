import type { Arithmetic } from "../arithmetic.ts";

const residue = (a: bigint, p: bigint): bigint => ((a % p) + p) % p;

/** baseᵉ mod p, e ≥ 0. */
export function power(base: bigint, exponent: bigint, p: bigint): bigint {
  if (exponent === 0n) return 1n;
  const half = power(base, exponent / 2n, p);
  return residue(half * half * (exponent % 2n === 0n ? 1n : base), p);
}

const notOrdered = (): never => {
  throw new RangeError("residues have no order and no roots of their own");
};

/**
 * The integers modulo a prime p. They have exact roots of one, which the Fourier transform needs, and stand
 * for integers of less than p/2 in magnitude. Only integers are embedded.
 */
export function modular(p: bigint): Arithmetic<bigint> {
  const inverse = (a: bigint): bigint => {
    if (residue(a, p) === 0n) throw new RangeError(`division by a multiple of ${p}`);
    return power(residue(a, p), p - 2n, p);
  };
  const divide = (a: bigint, b: bigint): bigint => residue(a * inverse(b), p);
  return {
    zero: 0n,
    embed: (value) => residue(BigInt(value), p),
    add: (a, b) => residue(a + b, p),
    multiply: (a, b) => residue(a * b, p),
    scale: (a, n, d) => divide(a * BigInt(n), BigInt(d)),
    max: notOrdered,
    divide,
    sqrt: notOrdered,
    compare: notOrdered,
  };
}

/** The integer of the least magnitude that a residue stands for. */
export const centred = (a: bigint, p: bigint): number => Number(2n * a > p ? a - p : a);

const isPrime = (n: bigint): boolean => {
  for (let d = 2n; d * d <= n; d++) if (n % d === 0n) return false;
  return true;
};

/** The least prime above a bound that is 1 modulo n: modulo it there are n roots of one. */
export function primeWithRoots(n: number, above: number): bigint {
  const step = BigInt(n);
  let p = step * (BigInt(above) / step + 1n) + 1n;
  while (!isPrime(p)) p += step;
  return p;
}

/** A root of one of order n modulo p: its n-th power is 1, and no lower one is. n divides p − 1. */
export function rootOfOne(n: number, p: bigint): bigint {
  const order = BigInt(n);
  for (let g = 2n; ; g++) {
    const root = power(g, (p - 1n) / order, p);
    let least = 1n;
    for (let at = root; at !== 1n; at = residue(at * root, p)) least += 1n;
    if (least === order) return root;
  }
}
