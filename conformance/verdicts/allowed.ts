import type { Magnitude } from "../../reference/index.ts";
import {
  type Declaration,
  type DType,
  largestFinite,
  numberFormats,
  smallestNormal,
  smallestSubnormal,
  unitRoundoff,
} from "../../spec/index.ts";

/** γ(n) = nu / (1 − nu): what n roundings of relative error u can grow to (Higham, Accuracy and Stability, lemma 3.1). */
export const gamma = (n: number, u: number): number => (n * u < 1 ? (n * u) / (1 - n * u) : Number.POSITIVE_INFINITY);

/** Half the distance between neighbouring numbers of a format at a value: the error of one rounding to nearest. */
export const halfUlp = (value: number, dtype: DType): number =>
  Math.max(Math.abs(value) * unitRoundoff(dtype), smallestSubnormal(dtype) / 2);

/** The format in which products are summed. */
export const accumulationOf = (declaration: Declaration, dtype: DType): DType => declaration.accumulation ?? dtype;

/**
 * EXACT holds for an element whose every partial sum is representable, in any order: all are
 * multiples of 2^quantum, none exceeds the bound, and bound ≤ 2^(precision + quantum).
 */
export function isExact({ bound, quantum }: Magnitude, declaration: Declaration, dtype: DType): boolean {
  if (bound === 0) return true;
  return [dtype, accumulationOf(declaration, dtype)].every((format) => {
    const { precision, minExponent } = numberFormats[format];
    const least = declaration.flushesSubnormals ? minExponent : minExponent - precision + 1;
    return bound <= 2 ** (precision + quantum) && bound <= largestFinite(format) && quantum >= least;
  });
}

/**
 * LOCAL: the error a direct algorithm may make in one element,
 *   γ(n + 2)·Σ|x||w|  +  what underflow takes from n products  +  one rounding of the result.
 * @param expected the exact value, rounded once to dtype: hence one more rounding
 */
export function allowedLocally(element: Magnitude, expected: number, declaration: Declaration, dtype: DType): number {
  const format = accumulationOf(declaration, dtype);
  const underflow = declaration.flushesSubnormals ? smallestNormal(format) : smallestSubnormal(format) / 2;
  const output = declaration.flushesSubnormals ? smallestNormal(dtype) : 0;
  if (element.roundings === 0) return Math.abs(expected) < output ? output : 0;
  return (
    gamma(element.roundings + 2, unitRoundoff(format)) * element.bound +
    element.products * underflow +
    2 * halfUlp(expected, dtype) +
    output
  );
}
