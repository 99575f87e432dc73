/** What the operations of a formula mean: on indices they are those of integers, on values those of exact fractions. */
export interface Domain<T> {
  of(integer: number): T;
  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  multiply(a: T, b: T): T;
  divide(a: T, b: T): T;
  negate(a: T): T;
  sqrt(a: T): T;
  floor(a: T): T;
  ceil(a: T): T;
  max(a: T, b: T): T;
  min(a: T, b: T): T;
  /** The remainder of a divided by b, with the sign of b. */
  mod(a: T, b: T): T;
}

/** Index arithmetic. A quotient that is no whole number is no valid index, and is not rounded to one. */
export const integers: Domain<number> = {
  of: (integer) => integer,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negate: (a) => -a,
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  max: Math.max,
  min: Math.min,
  mod: (a, b) => a - b * Math.floor(a / b),
};
