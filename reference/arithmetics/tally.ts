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

/** A number system, with a count of the operations that were carried out in it. A scaling counts as one multiplication. */
export function counted<T>(over: Arithmetic<T>): { readonly x: Arithmetic<T>; readonly tally: Tally } {
  const tally: Tally = { additions: 0, multiplications: 0, divisions: 0, roots: 0, comparisons: 0 };
  const counts =
    <A extends unknown[], R>(kind: keyof Tally, operation: (...operands: A) => R) =>
    (...operands: A): R => {
      tally[kind] += 1;
      return operation(...operands);
    };
  const x: Arithmetic<T> = {
    zero: over.zero,
    embed: over.embed,
    add: counts("additions", over.add),
    multiply: counts("multiplications", over.multiply),
    scale: counts("multiplications", over.scale),
    max: counts("comparisons", over.max),
    divide: counts("divisions", over.divide),
    sqrt: counts("roots", over.sqrt),
    compare: counts("comparisons", over.compare),
  };
  return { x, tally };
}

/**
 * Counts operations: the cost claims of the notes, measured. Values are carried along in doubles,
 * since a formula may choose by comparing them.
 */
export const counting = (): ReturnType<typeof counted<number>> => counted(float64);
