import { type Code, forRange, func, i32, type Local, select, v128, type WasmFunction } from "../../../wasm/index.ts";
import { BYTES, storeLanes } from "../../kernels/bytes.ts";

/** What the packing of weights for an input gradient is specialised to. */
export interface Turn {
  /** Channels in and out of one group of the forward call. */
  readonly C: number;
  readonly O: number;
  /** Elements of the kernel for one channel in and one out. */
  readonly size: number;
  /** For each phase: the places of its taps among those, in the order they are packed. */
  readonly phases: readonly (readonly number[])[];
}

/** Channels of an item, in and out: few enough that what it reads and what it writes are on few pages of memory. */
const SIDE = 32;

/** How many items there are in a group. */
export const turnItems = ({ C, O }: Turn): number => Math.ceil(C / SIDE) * Math.ceil(O / SIDE);

/** Runs of places that follow each other, up or down. */
function runsOf(places: readonly number[]): { readonly from: number; readonly step: number; readonly count: number }[] {
  const runs: { from: number; step: number; count: number }[] = [];
  for (const place of places) {
    const last = runs[runs.length - 1];
    if (last && last.count === 1) Object.assign(last, { step: place - last.from, count: 2 });
    else if (last && place === last.from + last.count * last.step) last.count++;
    else runs.push({ from: place, step: 1, count: 1 });
  }
  return runs;
}

/**
 * The function `turn`: from K [groups·O, C, taps] the weights of each phase, [groups·C, O, its taps], one phase after
 * the other. An item is some channels of one group.
 * @param K, W where the two begin
 * @param groups how many groups there are
 */
export function turn({ C, O, size, phases }: Turn): WasmFunction {
  const blocks = Math.ceil(C / SIDE);
  const items = blocks * Math.ceil(O / SIDE);
  const parameters = { first: "i32", past: "i32", thread: "i32", K: "i32", W: "i32", groups: "i32" } as const;
  return func("turn", parameters, ({ first, past, K, W, groups }, local) => {
    const [item, group, within, c, last, o, pastO] = Array.from({ length: 7 }, () => local("i32"));
    const [source, at] = [local("i32"), local("i32")];
    const targets = phases.map(() => local("i32"));
    const vector = local("v128");
    const before = phases.map((_, i) => phases.slice(0, i).reduce((sum, places) => sum + places.length, 0));
    const start = (target: Local, i: number): Code =>
      target.set(
        i32.add(
          W,
          i32.mul(
            i32.add(
              i32.mul(groups, before[i] * C * O),
              i32.mul(i32.add(i32.mul(i32.add(i32.mul(group, C), c), O), o), phases[i].length),
            ),
            BYTES,
          ),
        ),
      );
    return forRange(item, first, past, 1, [
      group.set(i32.div_u(item, items)),
      within.set(i32.rem_u(item, items)),
      o.set(i32.mul(i32.div_u(within, blocks), SIDE)),
      pastO.set(i32.add(o, SIDE)),
      pastO.set(select(pastO, O, i32.lt_s(pastO, O))),
      forRange(o, o, pastO, 1, [
        c.set(i32.mul(i32.rem_u(within, blocks), SIDE)),
        last.set(i32.add(c, SIDE)),
        last.set(select(last, C, i32.lt_s(last, C))),
        source.set(i32.add(K, i32.mul(i32.add(i32.mul(i32.add(i32.mul(group, O), o), C), c), size * BYTES))),
        targets.map(start),
        forRange(c, c, last, 1, [
          phases.map((places, i) => copy(places, targets[i])),
          source.add(size * BYTES),
          targets.map((target, i) => target.add(O * phases[i].length * BYTES)),
        ]),
      ]),
    ]);

    function copy(places: readonly number[], target: Local): Code {
      let done = 0;
      return runsOf(places).map(({ from, step, count }) => {
        const offset = done * BYTES;
        done += count;
        return count < 4 || Math.abs(step) !== 1
          ? scalars(from, step, count, offset, target)
          : vectors(from, step, count, offset, target);
      });
    }

    function scalars(from: number, step: number, count: number, offset: number, target: Local): Code {
      const one = (i: number): Code => [
        vector.set(v128.load32_zero(source, (from + i * step) * BYTES)),
        v128.store32_lane(target, vector, 0, offset + i * BYTES),
      ];
      if (count <= 32) return Array.from({ length: count }, (_, i) => one(i));
      const [from4, to4] = [i32.mul(at, step * BYTES), i32.shl(at, 2)];
      return forRange(at, 0, count, 1, [
        vector.set(v128.load32_zero(i32.add(i32.add(source, from * BYTES), from4))),
        v128.store32_lane(i32.add(i32.add(target, offset), to4), vector, 0),
      ]);
    }

    function vectors(from: number, step: number, count: number, offset: number, target: Local): Code {
      const four = (code: Code): Code => (step === 1 ? code : v128.shuffle32(code, code, [3, 2, 1, 0]));
      const lowest = step === 1 ? 0 : -3;
      const wholes = Math.floor(count / 4);
      const unrolled = wholes <= 16;
      const main = unrolled
        ? Array.from({ length: wholes }, (_, v) =>
            v128.store(target, four(v128.load(source, (from + lowest + 4 * v * step) * BYTES)), offset + 16 * v),
          )
        : forRange(at, 0, wholes * 16, 16, [
            v128.store(
              i32.add(i32.add(target, offset), at),
              four(v128.load(i32.add(i32.add(source, (from + lowest) * BYTES), i32.mul(at, step)))),
            ),
          ]);
      const rest = count - 4 * wholes;
      if (rest === 0) return main;
      // The last four once more, so that nothing beside them is read or written.
      const at4 = count - 4;
      return [
        main,
        vector.set(four(v128.load(source, (from + lowest + at4 * step) * BYTES))),
        storeLanes(target, vector, { lanes: 4 }, offset + at4 * BYTES),
      ];
    }
  });
}
