import { type Computation, gamma, type Magnitude } from "../../reference/index.ts";
import {
  type Declaration,
  type DType,
  largestFinite,
  numberFormats,
  smallestNormal,
  smallestSubnormal,
  unitRoundoff,
} from "../../spec/index.ts";

/** Half the distance between neighbouring numbers of a format at a value: the error of one rounding to nearest. */
export const halfUlp = (value: number, dtype: DType): number =>
  Math.max(Math.abs(value) * unitRoundoff(dtype), smallestSubnormal(dtype) / 2);

/** The format in which products are summed. */
export const accumulationOf = (declaration: Declaration, dtype: DType): DType => declaration.accumulation ?? dtype;

/** What a backend computes tensors of a format in, by what it declares. */
export const computationOf = (declaration: Declaration, dtype: DType): Computation => ({
  dtype,
  accumulation: accumulationOf(declaration, dtype),
  flushesSubnormals: declaration.flushesSubnormals,
});

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
 *   γ(n + 2)·Σ|x||w|  +  what underflow takes from n products  +  what rounded constants move  +  one rounding of the result.
 * @param expected the exact value, rounded once to dtype: hence one more rounding
 */
export function allowedLocally(element: Magnitude, expected: number, declaration: Declaration, dtype: DType): number {
  const format = accumulationOf(declaration, dtype);
  const underflow = declaration.flushesSubnormals ? smallestNormal(format) : smallestSubnormal(format) / 2;
  const output = declaration.flushesSubnormals ? smallestNormal(dtype) : 0;
  if (element.roundings === 0 && element.absolute === 0) return Math.abs(expected) < output ? output : 0;
  return (
    gamma(element.roundings + 2, unitRoundoff(format)) * element.bound +
    element.products * underflow +
    element.absolute +
    2 * halfUlp(expected, dtype) +
    output
  );
}
