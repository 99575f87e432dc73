import type { Triple } from "../plain/volume.ts";
import { type Code, f32x4, forRange, func, i32, i32x4, select, v128, type WasmFunction } from "../wasm/index.ts";
import { loadStrided } from "./strided.ts";

/** The geometry that the code of the kernel depends on. */
export interface PoolWinners {
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

/** Windows that are looked at in one go, at most. */
export const winnersTile = ({ P, stride }: PoolWinners): number =>
  Math.min(Math.ceil(P[2] / 4) * 4, Math.max(4, Math.floor(2048 / stride / 4) * 4));

const needed = (pool: PoolWinners): number => (winnersTile(pool) - 1) * pool.stride + (pool.R - 1) * pool.dilation + 1;

/** Bytes of a padded row of the input in the workspace. */
const rowBytes = (pool: PoolWinners): number => 64 * Math.ceil((4 * (needed(pool) + 4 * pool.stride + 16)) / 64);

const valuesBytes = (pool: PoolWinners): number => 64 * Math.ceil((4 * (winnersTile(pool) + 4)) / 64);

/** Bytes of workspace for one thread: a padded row, and of every window the largest value and its place. */
export const winnersWorkspace = (pool: PoolWinners): number => rowBytes(pool) + 2 * valuesBytes(pool);

/** Where in a thread's workspace the places are. */
export const winnersPlaces = (pool: PoolWinners): number => winnersWorkspace(pool) - valuesBytes(pool);

/** The entry of a window without elements: far below every place. */
export const NOWHERE = -(1 << 30);

const LOWEST = v128.f32([-Infinity, -Infinity, -Infinity, -Infinity]);

/**
 * Function 0: for windows from … past − 1 of one row of windows the place, in its plane, of the largest element, of NaN
 * where there is one, and of equal ones the first; −1 where there is none. They are left in the workspace.
 */
export function rowOfWinners(pool: PoolWinners): WasmFunction {
  const { X, R, stride, dilation, begin, steps } = pool;
  const need = needed(pool);
  const [values, places] = [rowBytes(pool), winnersPlaces(pool)];
  return func(
    "row",
    { plane: "i32", entry0: "i32", entry1: "i32", firsts: "i32", from: "i32", past: "i32", scratch: "i32" },
    (at, local) => {
      const [count0, count1, k0, k1, row, line] = Array.from({ length: 6 }, () => local("i32"));
      const [start, low, high, source, target, p, x] = Array.from({ length: 7 }, () => local("i32"));
      const [lanes, value, best, winner, place, loses] = Array.from({ length: 6 }, () => local("v128"));
      const k = local("i32");

      const compare = (offset: Code | number, load: Code): Code => [
        value.set(load),
        // Neither at most the best so far, nor is that NaN.
        loses.set(v128.or(f32x4.le(value, best), f32x4.ne(best, best))),
        winner.set(v128.bitselect(winner, i32x4.add(place, i32x4.splat(offset)), loses)),
        best.set(v128.bitselect(best, value, loses)),
      ];
      const taps: Code =
        R <= 8
          ? Array.from({ length: R }, (_, n) =>
              compare(n * dilation, loadStrided(source, stride, 4 * n * dilation, lanes)),
            )
          : forRange(
              k,
              0,
              R * dilation,
              dilation,
              compare(k.get(), [x.set(i32.add(source, i32.shl(k, 2))), loadStrided(x, stride, 0, lanes)]),
            );

      const copyRow: Code = [
        begin > 0
          ? forRange(x, at.scratch, i32.add(at.scratch, i32.shl(i32.sub(low, start), 2)), 16, v128.store(x, LOWEST))
          : [],
        source.set(i32.add(line, i32.shl(low, 2))),
        target.set(i32.add(at.scratch, i32.shl(i32.sub(low, start), 2))),
        forRange(x, low, high, 4, [v128.store(target, v128.load(source)), source.add(16), target.add(16)]),
        target.set(i32.add(at.scratch, i32.shl(i32.sub(high, start), 2))),
        forRange(x, target, i32.add(at.scratch, 4 * need), 16, v128.store(x, LOWEST)),
      ];
      const compareRow: Code = [
        source.set(at.scratch),
        target.set(at.scratch),
        place.set(
          i32x4.add(
            i32x4.splat(i32.add(start, i32.shr_s(i32.sub(line, at.plane), 2))),
            v128.i32([0, stride, 2 * stride, 3 * stride]),
          ),
        ),
        forRange(p, at.from, at.past, 4, [
          best.set(v128.load(target, values)),
          winner.set(v128.load(target, places)),
          taps,
          v128.store(target, best, values),
          v128.store(target, winner, places),
          place.set(i32x4.add(place, i32x4.splat(4 * stride))),
          source.add(16 * stride),
          target.add(16),
        ]),
      ];
      return [
        count0.set(i32.load(at.entry0, 4)),
        count1.set(i32.load(at.entry1, 4)),
        start.set(i32.sub(i32.mul(at.from, stride), begin)),
        low.set(select(start, 0, i32.gt_s(start, 0))),
        high.set(i32.add(start, need)),
        high.set(select(high, X[2], i32.lt_s(high, X[2]))),
        target.set(at.scratch),
        forRange(p, at.from, at.past, 4, [
          v128.store(target, LOWEST, values),
          v128.store(target, v128.i32([-1, -1, -1, -1]), places),
          target.add(16),
        ]),
        row.set(i32.add(at.plane, i32.add(i32.load(at.entry0), i32.load(at.entry1)))),
        forRange(k0, 0, count0, 1, [
          line.set(i32.add(row, i32.mul(k0, steps[0]))),
          forRange(k1, 0, count1, 1, [copyRow, compareRow, line.add(steps[1])]),
        ]),
        // Where every element is −∞ none has overtaken: the first that is there wins.
        row.set(i32.shr_s(i32.sub(row, at.plane), 2)),
        row.set(select(row, NOWHERE, i32.and(i32.gt_s(count0, 0), i32.gt_s(count1, 0)))),
        target.set(at.scratch),
        forRange(p, at.from, at.past, 4, [
          winner.set(v128.load(target, places)),
          place.set(i32x4.add(i32x4.splat(row), v128.load(i32.add(at.firsts, i32.shl(p, 2))))),
          winner.set(v128.bitselect(place, winner, i32x4.gt_s(v128.zero(), winner))),
          v128.store(target, i32x4.max_s(winner, v128.i32([-1, -1, -1, -1])), places),
          target.add(16),
        ]),
      ];
    },
  );
}
