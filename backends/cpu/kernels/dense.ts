import { type Code, f32, forRange, func, i32, select, type WasmFunction, when } from "../wasm/index.ts";
import { dotTile, sumOfLanes } from "./dot.ts";

/** x [N, I] and W [O, I]. */
export interface Dense {
  readonly N: number;
  readonly O: number;
  readonly I: number;
  readonly bias: boolean;
  readonly relaxed: boolean;
}

/** Rows of x in one item at most. */
const ROWS = 48;

/** How many rows of x and of W are multiplied with each other at a time: what the registers hold. */
const tileOf = ({ N, O }: Dense): readonly [number, number] => [Math.min(N, 3), Math.min(O, N === 1 ? 7 : 4)];

/** The parts that can be computed apart. */
export const denseItems = (dense: Dense): number => Math.ceil(dense.O / tileOf(dense)[1]) * Math.ceil(dense.N / ROWS);

/** Z[n, o] = b[o] + Σ_i x[n, i] · W[o, i]. One item is a few rows of W with a run of rows of x. */
export function denseKernel(dense: Dense): WasmFunction {
  const { N, O, I, bias, relaxed } = dense;
  const [R, C] = tileOf(dense);
  const blocks = Math.ceil(N / ROWS);
  return func(
    "dense",
    { first: "i32", past: "i32", thread: "i32", x: "i32", W: "i32", b: "i32", Z: "i32" },
    (at, local) => {
      const [item, n, o, past, left, right, target] = Array.from({ length: 7 }, () => local("i32"));
      const sums = Array.from({ length: R }, () => Array.from({ length: C }, () => local("v128")));
      const sum = local("f32");

      const tile = (rows: number, columns: number): Code => {
        const used = sums.slice(0, rows).map((row) => row.slice(0, columns));
        return [
          left.set(i32.add(at.x, i32.mul(n, 4 * I))),
          right.set(i32.add(at.W, i32.mul(o, 4 * I))),
          dotTile({ rows, columns, length: I, strides: [4 * I, 4 * I], relaxed }, left, right, local, used),
          target.set(i32.add(at.Z, i32.shl(i32.add(i32.mul(n, O), o), 2))),
          used.map((row, r) =>
            row.map((lanes, c) => [
              sum.set(sumOfLanes(lanes)),
              bias ? sum.set(f32.add(sum, f32.load(i32.add(at.b, i32.shl(o, 2)), 4 * c))) : [],
              f32.store(target, sum, 4 * (r * O + c)),
            ]),
          ),
        ];
      };
      const rows = (columns: number): Code => [
        forRange(n, n, i32.sub(past, R - 1), R, tile(R, columns)),
        N % R === 0 ? [] : Array.from({ length: R - 1 }, () => when(i32.lt_s(n, past), [tile(1, columns), n.add(1)])),
      ];
      return forRange(item, at.first, at.past, 1, [
        o.set(i32.mul(i32.div_u(item, blocks), C)),
        n.set(i32.mul(i32.rem_u(item, blocks), ROWS)),
        past.set(i32.add(n, ROWS)),
        past.set(select(past, N, i32.lt_s(past, N))),
        O % C === 0 ? rows(C) : when(i32.le_s(o, O - C), rows(C), rows(O % C)),
      ]);
    },
  );
}
