import type { Magnitude } from "../../reference/index.ts";
import { type Declaration, type DType, unitRoundoff } from "../../spec/index.ts";
import { accumulationOf, halfUlp } from "./allowed.ts";

/** How many errors a statistical statement needs. */
export const leastOutputs = 1000;

/** Standard deviations that a mean may be away from zero: about one false alarm in 1.7 million. */
const deviations = 5;

export interface Statistics {
  /** √(mean of (err/bound)²), where bound is the standard deviation that random roundings may reach. */
  readonly rms: number;
  /** The mean of err/bound in units of what chance allows; beyond ±1 the roundings are biased. */
  readonly bias: number;
}

/**
 * The standard deviation of the error of one element, at most: each of its 2n − 1 roundings is
 * uniform in ±u of a partial result that is nowhere larger than Σ|x||w|, and the result is rounded
 * to its own format, as the expected value was.
 */
function spread(element: Magnitude, expected: number, declaration: Declaration, dtype: DType): number {
  const u = unitRoundoff(accumulationOf(declaration, dtype));
  const roundings = Math.max(0, 2 * element.roundings - 1);
  return Math.sqrt((roundings * (u * element.bound) ** 2 + 2 * halfUlp(expected, dtype) ** 2) / 3);
}

/**
 * What the errors of many elements say together, though each is within its bound: a mean square
 * above 1 means digits lost in every term, a bias means rounding that is not to nearest.
 * @param errors of at least `leastOutputs` elements, in the order of their windows along one axis
 * @param window the extent of a window, in steps of the output
 */
export function statistics(
  errors: readonly {
    readonly got: number;
    readonly exact: number;
    readonly expected: number;
    readonly element: Magnitude;
  }[],
  declaration: Declaration,
  dtype: DType,
  window: number,
): Statistics {
  const scaled = errors.map(({ got, exact, expected, element }) => {
    // Towards zero is negative, whatever the sign of the value: truncation shows as a bias.
    const inward = Math.sign(exact) * (got - exact);
    const bound = spread(element, expected, declaration, dtype);
    return bound === 0 ? 0 : inward / bound;
  });
  const mean = scaled.reduce((total, error) => total + error, 0) / scaled.length;
  const square = scaled.reduce((total, error) => total + error * error, 0) / scaled.length;
  // Windows that overlap share roundings: an error depends on those of 2·window − 1 outputs, no others.
  const chance = deviations * Math.sqrt((square * (2 * window - 1)) / scaled.length);
  return { rms: Math.sqrt(square), bias: chance === 0 ? 0 : mean / chance };
}
