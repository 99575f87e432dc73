import {
  type Code,
  forRange,
  fromTo,
  func,
  i32,
  type Local,
  multiplyAdd,
  v128,
  type WasmFunction,
  when,
} from "../wasm/index.ts";
import { storeLanes } from "./strided.ts";

/** Z [M, J] = Σ_k A(m, k) · B[k, j], where A(m, k) is element m·A[0] + k·A[1] and B and Z are row-major. */
export interface Outer {
  readonly M: number;
  readonly J: number;
  readonly K: number;
  readonly A: readonly [number, number];
  readonly relaxed: boolean;
  /** How many threads share the work: what an element is computed from, and in which order, must not depend on it. */
  readonly threads: number;
}

/** Columns of a panel: a cache line of each row of B. */
const PANEL = 16;
/** From so many rows of Z on, a panel of B is copied together before it is used for all of them. */
const WORTH = 8;
/** Columns of Z that stay in registers where there are few rows: all lines of a row that are read together. */
const WIDE = 48;

const packs = ({ M }: Outer): boolean => M >= WORTH;
const widthOf = (outer: Outer): number => (packs(outer) ? PANEL : WIDE);

/** The parts that can be computed apart. */
export const outerItems = (outer: Outer): number => Math.ceil(outer.J / widthOf(outer));

/** Bytes of workspace for one thread. */
export const outerWorkspace = (outer: Outer): number => (packs(outer) ? 4 * PANEL * outer.K : 0);

/** One item is a few columns of Z, all rows. A tile of rows × vectors of Z stays in registers while k runs. */
export function outerKernel(outer: Outer): WasmFunction {
  const { M, J, K, A, relaxed } = outer;
  const width = widthOf(outer);
  const packed = packs(outer);
  const rowBytes = packed ? 4 * PANEL : 4 * J;
  const multiply = multiplyAdd(relaxed);
  return func(
    "outer",
    { first: "i32", past: "i32", thread: "i32", A: "i32", B: "i32", Z: "i32", workspace: "i32" },
    (at, local) => {
      const [item, j, m, k, a, b, source, target, panel] = Array.from({ length: 9 }, () => local("i32"));
      const [sums, right] = [
        Array.from({ length: 12 }, () => local("v128")),
        Array.from({ length: 2 }, () => local("v128")),
      ];
      const left = local("v128");

      /** Sums over k for rows m … and `columns` columns from `column` of the item on. */
      const tile = (rows: number, column: number, columns: number): Code => {
        const vectors = Math.ceil(columns / 4);
        const sum = (r: number, v: number): Local => sums[r * vectors + v];
        const used = sums.slice(0, rows * vectors);
        const load = (v: number): Code => v128.load(b, 4 * column + 16 * v);
        const few = vectors <= right.length;
        const step: Code = [
          few ? Array.from({ length: vectors }, (_, v) => right[v].set(load(v))) : [],
          Array.from({ length: rows }, (_, r) => [
            left.set(v128.load32_splat(a, 4 * r * A[0])),
            Array.from({ length: vectors }, (_, v) =>
              sum(r, v).set(multiply(left, few ? right[v] : load(v), sum(r, v))),
            ),
          ]),
          a.add(4 * A[1]),
          b.add(rowBytes),
        ];
        return [
          used.map((variable) => variable.set(v128.zero())),
          a.set(i32.add(at.A, i32.mul(m, 4 * A[0]))),
          b.set(panel),
          K === 0 ? [] : fromTo(k, 0, K, 1, step),
          target.set(i32.add(at.Z, i32.shl(i32.add(i32.mul(m, J), j), 2))),
          Array.from({ length: rows }, (_, r) =>
            Array.from({ length: vectors }, (_, v) =>
              storeLanes(target, sum(r, v), Math.min(4, columns - 4 * v), 4 * (r * J + column + 4 * v)),
            ),
          ),
        ];
      };
      /** All rows, for that many columns of the item. */
      const columns = (count: number): Code => {
        const most = packed ? 8 : 4 * Math.floor(12 / Math.min(M, 4));
        const starts = Array.from({ length: Math.ceil(count / most) }, (_, n) => n * most);
        const rows = (R: number): Code => starts.map((column) => tile(R, column, Math.min(most, count - column)));
        return [M < 4 ? m.set(0) : fromTo(m, 0, M - 3, 4, rows(4)), M % 4 === 0 ? [] : rows(M % 4)];
      };
      const pack: Code = [
        source.set(i32.add(at.B, i32.shl(j, 2))),
        target.set(panel),
        forRange(k, 0, K, 1, [
          Array.from({ length: PANEL / 4 }, (_, v) => v128.store(target, v128.load(source, 16 * v), 16 * v)),
          source.add(4 * J),
          target.add(4 * PANEL),
        ]),
      ];
      return forRange(item, at.first, at.past, 1, [
        j.set(i32.mul(item, width)),
        packed
          ? [panel.set(i32.add(at.workspace, i32.mul(at.thread, outerWorkspace(outer)))), pack]
          : panel.set(i32.add(at.B, i32.shl(j, 2))),
        J % width === 0 ? columns(width) : when(i32.le_s(j, J - width), columns(width), columns(J % width)),
      ]);
    },
  );
}
