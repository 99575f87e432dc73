import { type Arithmetic, subtract } from "./arithmetic.ts";

/**
 * The rank of a matrix by elimination: exact over a number system that divides exactly.
 * @param rows of equal length
 */
export function rank<T>(x: Arithmetic<T>, rows: readonly (readonly T[])[]): number {
  const isZero = (a: T): boolean => x.compare(a, x.zero) === 0;
  let left = rows;
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = left.find((row) => !isZero(row[column]));
    if (pivot === undefined) continue;
    found += 1;
    left = left
      .filter((row) => row !== pivot)
      .map((row) => {
        const factor = x.divide(row[column], pivot[column]);
        return row.map((value, at) => subtract(x, value, x.multiply(factor, pivot[at])));
      });
  }
  return found;
}
