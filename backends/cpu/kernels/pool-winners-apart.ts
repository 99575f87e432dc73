import { f32x4, func, v128, type WasmFunction } from "../wasm/index.ts";
import { type Apart, rowsApart, rowsWithin } from "./apart.ts";
import { maximum } from "./maximum.ts";
import { pick } from "./strided.ts";

/**
 * For windows side by side: one item is a row of windows, four of them at a time. Lanes are windows and there is a
 * vector for each tap. Where the largest is known, the taps are gone through in their order: the first that is
 * as large, or NaN, takes the error, and leaves none. Every element of the gradient is written once.
 */
export function poolWinnersApart(apart: Apart): WasmFunction {
  const { R } = apart;
  const columns = Array.from({ length: R[2] }, (_, k) => k);
  const taps = R[0] * R[1] * R[2];
  return func("gradient", { first: "i32", past: "i32", thread: "i32", V: "i32", G: "i32", dV: "i32" }, (at, local) => {
    const [largest, wins, error] = [local("v128"), local("v128"), local("v128")];
    const loaded = columns.map(() => local("v128"));
    const tap = Array.from({ length: taps }, () => local("v128"));
    const ofRow = <T>(of: readonly T[], row: number): readonly T[] => of.slice(row * R[2], (row + 1) * R[2]);
    /** What a row of the input holds where it is in vectors, and what where there is one for each tap. */
    const along = (v: number): readonly number[] => [0, 1, 2, 3].map((lane) => 4 * v + lane);
    const across = (k: number): readonly number[] => [0, 1, 2, 3].map((lane) => R[2] * lane + k);

    return rowsApart(apart, at, local, 1, ({ source, target, errors }) => [
      rowsWithin(apart).map((row, r) => [
        loaded.map((vector, v) => vector.set(v128.load(source, row + 16 * v))),
        ofRow(tap, r).map((into, k) =>
          pick(
            loaded.map((vector, v) => ({ vector, elements: along(v) })),
            across(k),
            into,
          ),
        ),
      ]),
      largest.set(tap[0]),
      tap.slice(1).map((one) => largest.set(maximum(largest, one))),
      error.set(v128.load(errors)),
      tap
        .slice(0, -1)
        .map((one) => [
          wins.set(v128.or(f32x4.eq(one, largest), f32x4.ne(one, one))),
          one.set(v128.and(error, wins)),
          error.set(v128.andnot(error, wins)),
        ]),
      tap[taps - 1].set(error),
      rowsWithin(apart).map((row, r) =>
        loaded.map((vector, v) => [
          pick(
            ofRow(tap, r).map((one, k) => ({ vector: one, elements: across(k) })),
            along(v),
            vector,
          ),
          v128.store(target, vector, row + 16 * v),
        ]),
      ),
    ]);
  });
}
