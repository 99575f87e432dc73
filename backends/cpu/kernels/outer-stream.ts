import { type Code, forRange, func, i32, multiplyAdd, v128, type WasmFunction, when } from "../wasm/index.ts";
import type { Outer } from "./outer.ts";
import { storeLanes } from "./strided.ts";

/** Rows of Z at most. */
const ROWS = 4;
/** Columns of one item at most: what is added up of a row of Z stays in the first-level cache. */
const WIDTH = 4096;

/** Whether rows of Z are so few that reading B is all the work. */
export const fewRows = ({ M, K }: Outer): boolean => M <= ROWS && K > 0;

/** Rows of B that are read side by side: their factors, for all rows of Z, stay in registers. */
const termsOf = ({ M, K }: Outer): number => Math.min(K, M === 1 ? 6 : M === 2 ? 4 : 2);

/** Columns of one item: a multiple of a cache line, and such that there are two of them for each thread. */
const widthOf = ({ J, threads }: Outer): number =>
  Math.min(WIDTH, threads === 1 ? WIDTH : 16 * Math.max(1, Math.ceil(J / (32 * threads))));

/** The parts that can be computed apart. */
export const outerStreamItems = (outer: Outer): number => Math.ceil(outer.J / widthOf(outer));

/**
 * Few rows of Z: B is read once, some rows of it side by side, and added to the rows of Z, which stay in the cache.
 * One item is a run of columns.
 */
export function outerStream(outer: Outer): WasmFunction {
  const { M, J, K, A, relaxed } = outer;
  const [terms, width] = [termsOf(outer), widthOf(outer)];
  const multiply = multiplyAdd(relaxed);
  return func("outer", { first: "i32", past: "i32", thread: "i32", A: "i32", B: "i32", Z: "i32" }, (at, local) => {
    const [item, j, k, x, wholes, a, b, source, target] = Array.from({ length: 9 }, () => local("i32"));
    const factors = Array.from({ length: M }, () => Array.from({ length: terms }, () => local("v128")));
    const right = Array.from({ length: terms }, () => local("v128"));
    const sum = local("v128");

    /** Adds so many rows of B, from row k on; the first of all make Z. */
    const add = (count: number, begins: boolean): Code => {
      const vector = (v: number, store: (row: number) => Code): Code => [
        right.slice(0, count).map((variable, t) => variable.set(v128.load(b, 4 * J * t + 16 * v))),
        Array.from({ length: M }, (_, m) => [
          sum.set(begins ? v128.zero() : v128.load(target, 4 * J * m + 16 * v)),
          right.slice(0, count).map((variable, t) => sum.set(multiply(factors[m][t], variable, sum))),
          store(m),
        ]),
      ];
      const whole = (v: number): Code => vector(v, (m) => v128.store(target, sum, 4 * J * m + 16 * v));
      const advance = (bytes: number): Code => [b.add(bytes), target.add(bytes)];
      return [
        factors.map((row, m) =>
          row.slice(0, count).map((factor, t) => factor.set(v128.load32_splat(a, 4 * (m * A[0] + t * A[1])))),
        ),
        b.set(source),
        target.set(i32.add(at.Z, i32.shl(j, 2))),
        forRange(x, 0, wholes, 1, [whole(0), advance(16)]),
        J % 4 === 0
          ? []
          : when(
              i32.gt_s(i32.add(j, width), J),
              vector(0, (m) => storeLanes(target, sum, J % 4, 4 * J * m)),
            ),
        a.add(4 * count * A[1]),
        source.add(4 * J * count),
      ];
    };
    const rest = K % terms;
    return forRange(item, at.first, at.past, 1, [
      j.set(i32.mul(item, width)),
      wholes.set(i32.shr_u(i32.sub(J, j), 2)),
      when(i32.gt_s(wholes, width / 4), wholes.set(width / 4)),
      a.set(at.A),
      source.set(i32.add(at.B, i32.shl(j, 2))),
      add(terms, true),
      forRange(k, terms, K - terms + 1, terms, add(terms, false)),
      rest === 0 ? [] : add(rest, false),
    ]);
  });
}
