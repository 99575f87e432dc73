import {
  type Code,
  forRange,
  fromTo,
  func,
  i32,
  multiplyAdd,
  select,
  v128,
  type WasmFunction,
  when,
} from "../wasm/index.ts";
import type { Outer } from "./outer.ts";
import { storeLanes } from "./strided.ts";

/** Terms of a sum at most: their factors stay in registers. */
const TERMS = 4;
/** Elements of Z in one item, about: 64 KiB. */
const ELEMENTS = 16_384;
/** Vectors of one turn of the loop. */
const UNROLL = 4;

/** Whether sums are so short that writing Z is all the work. */
export const fewTerms = ({ M, K }: Outer): boolean => K >= 1 && K <= TERMS && M >= TERMS;

const rowsOf = ({ J }: Outer): number => Math.max(1, Math.ceil(ELEMENTS / Math.max(1, J)));

/** The parts that can be computed apart. */
export const outerRowsItems = (outer: Outer): number => Math.ceil(outer.M / rowsOf(outer));

/**
 * Sums of few terms: Z is written once, from its beginning to its end, while the rows of B stay in the cache. One item
 * is a few rows of Z; two of them at a time share what is read of B, unless there is one term alone.
 */
export function outerRows(outer: Outer): WasmFunction {
  const { M, J, K, A, relaxed } = outer;
  const multiply = multiplyAdd(relaxed);
  const most = K === 1 ? 1 : 2;
  const vectors = Math.floor(J / 4);
  const turns = Math.floor(vectors / UNROLL);
  return func("outer", { first: "i32", past: "i32", thread: "i32", A: "i32", B: "i32", Z: "i32" }, (at, local) => {
    const [m, past, a, b, x, target] = Array.from({ length: 6 }, () => local("i32"));
    const factors = Array.from({ length: most }, () => Array.from({ length: K }, () => local("v128")));
    const right = Array.from({ length: K }, () => local("v128"));
    const sum = local("v128");

    /** So many rows from m on. */
    const rows = (R: number): Code => {
      const used = factors.slice(0, R);
      const vector = (v: number, store: (row: number) => Code): Code => [
        right.map((variable, k) => variable.set(v128.load(b, 4 * J * k + 16 * v))),
        used.map((terms, r) => [
          terms.map((factor, k) => sum.set(multiply(factor, right[k], k === 0 ? v128.zero() : sum))),
          store(r),
        ]),
      ];
      const whole = (v: number): Code => vector(v, (r) => v128.store(target, sum, 4 * J * r + 16 * v));
      const some = (count: number): Code => Array.from({ length: count }, (_, v) => whole(v));
      const advance = (bytes: number): Code => [b.add(bytes), target.add(bytes)];
      const rest = vectors % UNROLL;
      return [
        used.map((terms, r) => terms.map((factor, k) => factor.set(v128.load32_splat(a, 4 * (r * A[0] + k * A[1]))))),
        b.set(at.B),
        turns === 0 ? [] : fromTo(x, 0, turns, 1, [some(UNROLL), advance(16 * UNROLL)]),
        some(rest),
        J % 4 === 0 ? [] : vector(rest, (r) => storeLanes(target, sum, J % 4, 4 * J * r + 16 * rest)),
        target.add(4 * (J * R - 4 * UNROLL * turns)),
        a.add(4 * R * A[0]),
      ];
    };
    return [
      m.set(i32.mul(at.first, rowsOf(outer))),
      past.set(i32.mul(at.past, rowsOf(outer))),
      past.set(select(past, M, i32.lt_s(past, M))),
      a.set(i32.add(at.A, i32.mul(m, 4 * A[0]))),
      target.set(i32.add(at.Z, i32.mul(m, 4 * J))),
      forRange(m, m, i32.sub(past, most - 1), most, rows(most)),
      most === 1 ? [] : when(i32.lt_s(m, past), rows(1)),
    ];
  });
}
