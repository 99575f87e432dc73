import type { Arithmetic } from "./arithmetic.ts";

/**
 * The option taken where a clause permits several results, by the name of the choice. One that is not
 * there is at its default, the first option that the clause names.
 */
export type Choices = Readonly<Record<string, string>>;

const isNaNIn = <T>(x: Arithmetic<T>, a: T): boolean => Number.isNaN(x.compare(a, a));

/** The larger of two: NaN where one is, or by the choice nan: ignore, the other one. */
export const larger = <T>(x: Arithmetic<T>, a: T, b: T, { nan }: Choices): T => {
  if (nan === "ignore" && isNaNIn(x, a)) return b;
  if (nan === "ignore" && isNaNIn(x, b)) return a;
  return x.max(a, b);
};

/** Whether b, which comes after a in row-major order, takes the place of a as the winner. */
function overtakes<T>(x: Arithmetic<T>, b: T, a: T, { nan, ties }: Choices): boolean {
  const [bIsNaN, aIsNaN] = [isNaNIn(x, b), isNaNIn(x, a)];
  if (bIsNaN !== aIsNaN) return nan === "ignore" ? aIsNaN : bIsNaN;
  const order = bIsNaN ? 0 : x.compare(b, a);
  return order > 0 || (order === 0 && ties === "last");
}

/**
 * The place of the winner among values in row-major order: of the largest, or of NaN where there is one.
 * Of equal ones the first wins, or by the choice ties: last, the last; by the choice nan: ignore, NaN wins
 * only where there is nothing else. −1 where there is no value.
 */
export function winnerAmong<T>(x: Arithmetic<T>, values: readonly T[], choices: Choices): number {
  let winner = values.length === 0 ? -1 : 0;
  for (let at = 1; at < values.length; at++) if (overtakes(x, values[at], values[winner], choices)) winner = at;
  return winner;
}
