import { type Code, call, f32, forRange, func, i32, select, v128, type WasmFunction, when } from "../wasm/index.ts";
import { ENTRY } from "./axis.ts";
import { type PoolWinners, rowOfWinners, winnersPlaces, winnersTile, winnersWorkspace } from "./winners-row.ts";

/** Words of a part: what a part of a plane's gradient is computed from. */
export const PART_WORDS = 8;

/**
 * One item is a part of one plane of the gradient: a run of elements. All windows that reach it, in their order,
 * give their error to their winner, where that lies in the part. A part is windows from … past − 1 on each axis, slowest
 * first, and the places low … high − 1: eight words.
 */
export function poolWinnersGradient(pool: PoolWinners, parts: number): readonly WasmFunction[] {
  const { X, P } = pool;
  const tile = winnersTile(pool);
  const gradient = func(
    "gradient",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      V: "i32",
      G: "i32",
      dV: "i32",
      table0: "i32",
      table1: "i32",
      firsts: "i32",
      parts: "i32",
      workspace: "i32",
    },
    (at, local) => {
      const [item, part, low, length, plane, errors, target] = Array.from({ length: 7 }, () => local("i32"));
      const [p0, p1, from, end, past, p, source, winner, scratch] = Array.from({ length: 9 }, () => local("i32"));
      const [x, limit] = [local("i32"), local("i32")];
      const word = (n: number): Code => i32.load(part, 4 * n);
      const give: Code = [
        winner.set(i32.sub(i32.load(source), low)),
        when(i32.lt_u(winner, length), [
          winner.set(i32.add(target, i32.shl(winner, 2))),
          f32.store(winner, f32.add(f32.load(winner), f32.load(i32.add(errors, i32.shl(p, 2))))),
        ]),
        source.add(4),
      ];
      return [
        scratch.set(i32.add(at.workspace, i32.mul(at.thread, winnersWorkspace(pool)))),
        forRange(item, at.first, at.past, 1, [
          part.set(i32.add(at.parts, i32.mul(i32.rem_u(item, parts), 4 * PART_WORDS))),
          plane.set(i32.div_u(item, parts)),
          low.set(word(6)),
          length.set(i32.sub(word(7), low)),
          target.set(i32.add(at.dV, i32.shl(i32.add(i32.mul(plane, X[0] * X[1] * X[2]), low), 2))),
          limit.set(i32.add(target, i32.shl(length, 2))),
          forRange(x, target, i32.sub(limit, 15), 16, v128.store(x, v128.zero())),
          forRange(x, x, limit, 4, f32.store(x, f32.const(0))),
          forRange(p0, word(0), word(1), 1, [
            forRange(p1, word(2), word(3), 1, [
              past.set(word(5)),
              errors.set(i32.add(i32.mul(i32.add(i32.mul(plane, P[0]), p0), P[1]), p1)),
              errors.set(i32.add(at.G, i32.mul(errors, 4 * P[2]))),
              forRange(from, word(4), past, tile, [
                end.set(i32.add(from, tile)),
                end.set(select(end, past, i32.lt_s(end, past))),
                call(
                  0,
                  i32.add(at.V, i32.mul(plane, 4 * X[0] * X[1] * X[2])),
                  i32.add(at.table0, i32.mul(p0, ENTRY)),
                  i32.add(at.table1, i32.mul(p1, ENTRY)),
                  at.firsts,
                  from,
                  end,
                  scratch,
                ),
                source.set(i32.add(scratch, winnersPlaces(pool))),
                forRange(p, from, end, 1, give),
              ]),
            ]),
          ]),
        ]),
      ];
    },
  );
  return [rowOfWinners(pool), gradient];
}
