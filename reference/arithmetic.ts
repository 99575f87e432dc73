/** Where a stored value stands: the name of its tensor and its place in row-major order. */
export interface Position {
  readonly tensor: string;
  readonly offset: number;
}

/** A number system: all that a formula of the spec needs of its values. */
export interface Arithmetic<T> {
  readonly zero: T;
  /** A stored value as a value of the system. */
  embed(value: number, position: Position): T;
  add(a: T, b: T): T;
  multiply(a: T, b: T): T;
  /** a · p/q, for integers p and q ≠ 0. */
  scale(a: T, p: number, q: number): T;
  /** The larger of two; NaN where one is; +0 of the two zeros. */
  max(a: T, b: T): T;
  /** a / b, for formulas that divide by a value and not by a count. */
  divide(a: T, b: T): T;
  /** √a, for a ≥ 0. */
  sqrt(a: T): T;
  /** The sign of a − b: which of two values a formula goes on with. NaN where either is. */
  compare(a: T, b: T): number;
}

/** a − b */
export const subtract = <T>(x: Arithmetic<T>, a: T, b: T): T => x.add(a, x.scale(b, -1, 1));

/** Σ of the terms, added one after the other. */
export function sum<T>(x: Arithmetic<T>, terms: Iterable<T>): T {
  let total: T | undefined;
  for (const term of terms) total = total === undefined ? term : x.add(total, term);
  return total ?? x.zero;
}
