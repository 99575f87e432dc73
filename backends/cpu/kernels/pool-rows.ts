import type { Triple } from "../plain/volume.ts";
import {
  type Code,
  f32,
  f32x4,
  forRange,
  func,
  i32,
  type Local,
  type NewLocal,
  select,
  v128,
  type WasmFunction,
  when,
} from "../wasm/index.ts";
import { ENTRY } from "./axis.ts";
import { loadStrided, storeLanes } from "./strided.ts";

/** How a window becomes one element: vectors of 4 windows at a time. */
export interface VectorReduction {
  /** What is there before the first element, and stands for an element that is not there. */
  readonly start: number;
  /** What becomes of an element on loading. @param spare a variable to work with */
  load(element: Code, spare: Local): Code;
  step(value: Local, element: Local): Code;
  /** @param divisor the vector of divisors */
  finish(value: Local, divisor: Code): Code;
}

/** The geometry that the code of the kernel depends on. */
export interface PoolRows {
  readonly X: Triple;
  readonly P: Triple;
  /** Of the fastest axis. */
  readonly R: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  /** Bytes from tap to tap along the two slow axes. */
  readonly steps: readonly [number, number];
}

/** Vectors side by side in the pass down the columns. */
const COLUMNS = 4;
/** Windows of one item at most: the row they need stays in the first-level cache. */
export const tileOf = ({ P, stride }: PoolRows): number =>
  Math.min(Math.ceil(P[2] / 4) * 4, Math.max(4, Math.floor(4096 / stride / 4) * 4));

/** Elements of the input's row that a tile needs, with the padding. */
const neededBy = (rows: PoolRows): number => (tileOf(rows) - 1) * rows.stride + (rows.R - 1) * rows.dilation + 1;

/** Bytes of workspace for one thread. */
export const poolWorkspace = (rows: PoolRows): number =>
  64 * Math.ceil((4 * (neededBy(rows) + 4 * rows.stride + 32)) / 64);

/** Loads at so many taps along a row, combined. */
const along = (rows: PoolRows, { step }: VectorReduction, source: Local, local: NewLocal, value: Local): Code => {
  const element = local("v128");
  const { R, stride, dilation } = rows;
  const [lanes, tap, k] = [local("v128"), local("i32"), local("i32")];
  const load = (address: Local, offset: number): Code => loadStrided(address, stride, offset, lanes);
  if (R <= 16)
    return [
      value.set(load(source, 0)),
      Array.from({ length: R - 1 }, (_, k) => [
        element.set(load(source, 4 * (k + 1) * dilation)),
        value.set(step(value, element)),
      ]),
    ];
  return [
    value.set(load(source, 0)),
    tap.set(source),
    forRange(k, 1, R, 1, [tap.add(4 * dilation), element.set(load(tap, 0)), value.set(step(value, element))]),
  ];
};

/**
 * One item is a row of windows, or a tile of it. First the rows of the input that they cover are combined into one,
 * with what stands for padding at its ends; then, along that row, the taps.
 */
export function poolRows(rows: PoolRows, reduction: VectorReduction): WasmFunction {
  const { X, P, stride, begin, steps } = rows;
  const [tile, need] = [tileOf(rows), neededBy(rows)];
  const tiles = Math.ceil(P[2] / tile);
  const start = v128.f32([reduction.start, reduction.start, reduction.start, reduction.start]);
  const overhangs = (P[2] - 1) * stride + (rows.R - 1) * rows.dilation - begin >= X[2];

  return func(
    "pool",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      V: "i32",
      Z: "i32",
      table0: "i32",
      table1: "i32",
      divisors: "i32",
      workspace: "i32",
    },
    (at, local) => {
      const [item, row, t, plane, p0, p1] = Array.from({ length: 6 }, () => local("i32"));
      const [count0, count1, k0, k1] = Array.from({ length: 4 }, () => local("i32"));
      const [from, low, high, x, last] = Array.from({ length: 5 }, () => local("i32"));
      const [source, tap, target, scratch] = Array.from({ length: 4 }, () => local("i32"));
      const sums = Array.from({ length: COLUMNS }, () => local("v128"));
      const [value, element, shared] = [local("v128"), local("v128"), local("f32")];

      const place: Code = [
        tiles === 1 ? [row.set(item), t.set(0)] : [row.set(i32.div_u(item, tiles)), t.set(i32.rem_u(item, tiles))],
        plane.set(i32.div_u(row, P[0] * P[1])),
        p0.set(i32.rem_u(i32.div_u(row, P[1]), P[0])),
        p1.set(i32.rem_u(row, P[1])),
        p0.set(i32.add(at.table0, i32.mul(p0, ENTRY))),
        p1.set(i32.add(at.table1, i32.mul(p1, ENTRY))),
        count0.set(i32.load(p0, 4)),
        count1.set(i32.load(p1, 4)),
        shared.set(f32.mul(f32.load(p0, 8), f32.load(p1, 8))),
        from.set(i32.sub(i32.mul(t, tile * stride), begin)),
        low.set(select(from, 0, i32.gt_s(from, 0))),
        high.set(i32.add(from, need)),
        high.set(select(high, X[2], i32.lt_s(high, X[2]))),
        source.set(i32.add(at.V, i32.mul(plane, 4 * X[0] * X[1] * X[2]))),
        source.set(i32.add(source, i32.add(i32.load(p0), i32.load(p1)))),
        source.add(i32.shl(low, 2)),
        target.set(i32.add(scratch, i32.shl(i32.sub(low, from), 2))),
      ];

      /** So many vectors of the combined row. */
      const down = (columns: number): Code => [
        sums.slice(0, columns).map((sum) => sum.set(start)),
        forRange(k0, 0, count0, 1, [
          tap.set(i32.add(source, i32.mul(k0, steps[0]))),
          forRange(k1, 0, count1, 1, [
            sums
              .slice(0, columns)
              .map((sum, v) => [
                element.set(reduction.load(v128.load(tap, 16 * v), value)),
                sum.set(reduction.step(sum, element)),
              ]),
            tap.add(steps[1]),
          ]),
        ]),
        sums.slice(0, columns).map((sum, v) => v128.store(target, sum, 16 * v)),
        source.add(16 * columns),
        target.add(16 * columns),
      ];
      const combine: Code = [
        begin > 0 ? forRange(x, scratch, target, 16, v128.store(x, start)) : [],
        last.set(i32.sub(high, 4 * COLUMNS - 1)),
        forRange(x, low, last, 4 * COLUMNS, down(COLUMNS)),
        forRange(x, x, high, 4, down(1)),
        overhangs
          ? forRange(
              x,
              i32.add(scratch, i32.shl(i32.sub(high, from), 2)),
              i32.add(scratch, 4 * need),
              16,
              v128.store(x, start),
            )
          : [],
      ];

      const finished = (): Code =>
        value.set(
          reduction.finish(value, f32x4.mul(f32x4.splat(shared), v128.load(i32.add(at.divisors, i32.shl(x, 2))))),
        );
      const windows: Code = [
        source.set(scratch),
        x.set(i32.mul(t, tile)),
        target.set(i32.add(at.Z, i32.shl(i32.add(i32.mul(row, P[2]), x), 2))),
        last.set(i32.add(x, tile)),
        last.set(select(last, P[2], i32.lt_s(last, P[2]))),
        forRange(x, x, i32.sub(last, 3), 4, [
          along(rows, reduction, source, local, value),
          finished(),
          v128.store(target, value),
          source.add(16 * stride),
          target.add(16),
        ]),
        P[2] % 4 === 0
          ? []
          : when(i32.lt_s(x, last), [
              along(rows, reduction, source, local, value),
              finished(),
              storeLanes(target, value, P[2] % 4),
            ]),
      ];
      return [
        scratch.set(i32.add(at.workspace, i32.mul(at.thread, poolWorkspace(rows)))),
        forRange(item, at.first, at.past, 1, [place, combine, windows]),
      ];
    },
  );
}
