import type { DType } from "./tensor.ts";

/** A binary floating-point format of IEEE 754: precision p in bits, exponents of normal numbers. */
export interface NumberFormat {
  readonly precision: number;
  readonly minExponent: number;
  readonly maxExponent: number;
}

export const numberFormats: Readonly<Record<DType, NumberFormat>> = {
  f16: { precision: 11, minExponent: -14, maxExponent: 15 },
  f32: { precision: 24, minExponent: -126, maxExponent: 127 },
  f64: { precision: 53, minExponent: -1022, maxExponent: 1023 },
};

/** The unit roundoff u = 2^−p: the largest relative error of one rounding to nearest. */
export const unitRoundoff = (dtype: DType): number => 2 ** -numberFormats[dtype].precision;

/** The smallest positive normal number. */
export const smallestNormal = (dtype: DType): number => 2 ** numberFormats[dtype].minExponent;

/** The smallest positive number: the spacing of the subnormals. */
export const smallestSubnormal = (dtype: DType): number =>
  2 ** (numberFormats[dtype].minExponent - numberFormats[dtype].precision + 1);

/** The largest finite number. */
export const largestFinite = (dtype: DType): number =>
  (2 - 2 ** (1 - numberFormats[dtype].precision)) * 2 ** numberFormats[dtype].maxExponent;
