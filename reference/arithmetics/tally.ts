import type { Arithmetic } from "../arithmetic.ts";
import { float64 } from "./float64.ts";

/** How often each operation was carried out. */
export interface Tally {
  additions: number;
  multiplications: number;
  divisions: number;
  roots: number;
  comparisons: number;
}

/**
 * Counts operations: the cost claims of the notes, measured. Values are carried along in doubles,
 * since a formula may choose by comparing them. A scaling counts as one multiplication.
 */
export function counting(): { readonly x: Arithmetic<number>; readonly tally: Tally } {
  const tally: Tally = { additions: 0, multiplications: 0, divisions: 0, roots: 0, comparisons: 0 };
  const counted =
    <A extends unknown[]>(kind: keyof Tally, operation: (...operands: A) => number) =>
    (...operands: A): number => {
      tally[kind] += 1;
      return operation(...operands);
    };
  const x: Arithmetic<number> = {
    zero: 0,
    embed: float64.embed,
    add: counted("additions", float64.add),
    multiply: counted("multiplications", float64.multiply),
    scale: counted("multiplications", float64.scale),
    max: counted("comparisons", float64.max),
    divide: counted("divisions", float64.divide),
    sqrt: counted("roots", float64.sqrt),
    compare: counted("comparisons", float64.compare),
  };
  return { x, tally };
}
