import { type Code, call, f32x4, forRange, func, i32, select, v128, type WasmFunction, when } from "../wasm/index.ts";
import { ENTRY } from "./axis.ts";
import { storeLanes } from "./strided.ts";
import { type PoolWinners, rowOfWinners, winnersPlaces, winnersTile, winnersWorkspace } from "./winners-row.ts";

/** One item is a row of windows, or a tile of it: stores the places of their winners as numbers. */
export function poolWinners(pool: PoolWinners): readonly WasmFunction[] {
  const { X, P } = pool;
  const tile = winnersTile(pool);
  const tiles = Math.ceil(P[2] / tile);
  const winners = func(
    "winners",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      V: "i32",
      Z: "i32",
      table0: "i32",
      table1: "i32",
      firsts: "i32",
      workspace: "i32",
    },
    (at, local) => {
      const [item, row, from, end, source, target, p, scratch] = Array.from({ length: 8 }, () => local("i32"));
      const place = local("v128");
      const entry = (table: Code, p: Code): Code => i32.add(table, i32.mul(p, ENTRY));
      return [
        scratch.set(i32.add(at.workspace, i32.mul(at.thread, winnersWorkspace(pool)))),
        forRange(item, at.first, at.past, 1, [
          row.set(i32.div_u(item, tiles)),
          from.set(i32.mul(i32.rem_u(item, tiles), tile)),
          end.set(i32.add(from, tile)),
          end.set(select(end, P[2], i32.lt_s(end, P[2]))),
          call(
            0,
            i32.add(at.V, i32.mul(i32.div_u(row, P[0] * P[1]), 4 * X[0] * X[1] * X[2])),
            entry(at.table0.get(), i32.rem_u(i32.div_u(row, P[1]), P[0])),
            entry(at.table1.get(), i32.rem_u(row, P[1])),
            at.firsts,
            from,
            end,
            scratch,
          ),
          source.set(i32.add(scratch, winnersPlaces(pool))),
          target.set(i32.add(at.Z, i32.shl(i32.add(i32.mul(row, P[2]), from), 2))),
          forRange(p, from, i32.sub(end, 3), 4, [
            v128.store(target, f32x4.convert_i32x4_s(v128.load(source))),
            source.add(16),
            target.add(16),
          ]),
          P[2] % 4 === 0
            ? []
            : when(i32.lt_s(p, end), [
                place.set(f32x4.convert_i32x4_s(v128.load(source))),
                storeLanes(target, place, P[2] % 4),
              ]),
        ]),
      ];
    },
  );
  return [rowOfWinners(pool), winners];
}
