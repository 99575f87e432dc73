import { type DType, numberFormats, type Shape, type Tensor, zeros } from "../spec/index.ts";
import type { Finite } from "./arithmetics/rational.ts";

/** The number of binary digits of a positive integer. */
const bitLength = (n: bigint): number => {
  const hex = n.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0], 16)));
};

const shift = (n: bigint, by: number): bigint => (by > 0 ? n << BigInt(by) : n);

/** n/d to the nearest integer, ties to even. */
function nearest(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  const twice = 2n * (n - quotient * d);
  return twice > d || (twice === d && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/**
 * Rounds an exact value once to a format of IEEE 754: to nearest, ties to even, with
 * gradual underflow, and to ±∞ from half a unit beyond the largest finite number on.
 * @returns a number of that format, as a double
 */
export function round({ m, e, q }: Finite, dtype: DType): number {
  if (m === 0n) return 0;
  const { precision, minExponent, maxExponent } = numberFormats[dtype];
  const sign = m < 0n ? -1 : 1;
  const magnitude = m < 0n ? -m : m;
  // 2^exponent ≤ |value| < 2^(exponent + 1)
  let exponent = bitLength(magnitude) + e - bitLength(q);
  if (shift(magnitude, e - exponent) < shift(q, exponent - e)) exponent -= 1;
  const quantum = Math.max(exponent, minExponent) - (precision - 1);
  const units = nearest(shift(magnitude, e - quantum), shift(q, quantum - e));
  const rounded = Number(units) * 2 ** quantum;
  return sign * (rounded >= 2 ** maxExponent * 2 ? Number.POSITIVE_INFINITY : rounded);
}

/** The bit pattern of a number of the format f16. */
function encodeHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | (magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  return sign | ((exponent + 15) << 10) | (magnitude * 2 ** (10 - exponent) - 1024);
}

/** The number a bit pattern of the format f16 stands for. */
function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** Stores numbers that are all of the format; anything else would be rounded a second time. */
export function encode(dtype: DType, shape: Shape, values: ArrayLike<number>): Tensor {
  const stored = zeros(dtype, shape);
  for (let at = 0; at < values.length; at++) stored.data[at] = dtype === "f16" ? encodeHalf(values[at]) : values[at];
  return stored;
}

/** The numbers a stored tensor holds, row-major. */
export const decode = ({ dtype, data }: Tensor): ArrayLike<number> =>
  dtype === "f16" ? Float64Array.from(data, decodeHalf) : data;
