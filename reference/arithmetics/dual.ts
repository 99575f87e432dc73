import type { Arithmetic, Position } from "../arithmetic.ts";
import { type Exact, exact } from "./exact.ts";

/** A value and its derivative in a fixed direction, both exact. */
export interface Dual {
  readonly value: Exact;
  readonly slope: Exact;
}

/**
 * Values with a directional derivative: the gradient of any formula, without its backprop formula.
 * @param direction the derivative of each stored value: a tensor of slopes, 0 for what stands still
 */
export function dual(direction: (position: Position) => number): Arithmetic<Dual> {
  const { add, multiply, scale, divide, sqrt, compare } = exact;
  return {
    zero: { value: exact.zero, slope: exact.zero },
    embed: (value, position) => ({
      value: exact.embed(value, position),
      slope: exact.embed(direction(position), position),
    }),
    add: (a, b) => ({ value: add(a.value, b.value), slope: add(a.slope, b.slope) }),
    multiply: (a, b) => ({
      value: multiply(a.value, b.value),
      slope: add(multiply(a.slope, b.value), multiply(a.value, b.slope)),
    }),
    scale: (a, p, q) => ({ value: scale(a.value, p, q), slope: scale(a.slope, p, q) }),
    // Where two are equal, the first of them: away from ties the maximum has a derivative.
    max: (a, b) => (compare(a.value, b.value) >= 0 ? a : b),
    divide: (a, b) => {
      const value = divide(a.value, b.value);
      return { value, slope: divide(add(a.slope, scale(multiply(value, b.slope), -1, 1)), b.value) };
    },
    sqrt: (a) => {
      const value = sqrt(a.value);
      return { value, slope: scale(divide(a.slope, value), 1, 2) };
    },
    compare: (a, b) => compare(a.value, b.value),
  };
}
