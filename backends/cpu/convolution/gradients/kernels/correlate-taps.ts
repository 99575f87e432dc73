import {
  block,
  brIf,
  type Code,
  f32,
  f32x4,
  forRange,
  func,
  i32,
  type Local,
  multiplyAdd,
  v128,
  type WasmFunction,
  when,
} from "../../../wasm/index.ts";
import type { Block } from "../../block.ts";
import { BYTES } from "../../kernels/bytes.ts";
import type { KernelCall } from "../kernel-call.ts";

/** Taps that are summed at the same time, relative to the first of them. */
export interface Taps {
  /** Where in a block of the input a tap meets the gradient, in elements, and which weight it is. */
  readonly inputs: readonly number[];
  readonly places: readonly number[];
}

/** Some taps of the window: where the first is in a block of the input, and in the kernel. */
export interface Patch {
  readonly taps: Taps;
  readonly input: number;
  readonly place: number;
}

/** Taps at most: with two vectors of the gradient and a row of the input they fill the registers. */
const SIDE = 3;
const ROW = 8;
/** Vectors of the gradient that are worked on together, as they share vectors of the input. */
const TOGETHER = 2;
/** How many vectors of the input are loaded at a time, beside so many sums. */
const loadsBeside = (sums: number): number => Math.min(4, 14 - TOGETHER - sums);

/** Whether positions are one row: then its neighbouring vectors are worked on together, and those of two rows otherwise. */
const isRow = ({ window: { P } }: KernelCall): boolean => P[1] === 1;

/** 0 … n − 1 in even pieces of `most` at most. */
function pieces(n: number, most: number): number[][] {
  const count = Math.ceil(n / most);
  const bounds = Array.from({ length: count + 1 }, (_, i) => Math.round((i * n) / count));
  return bounds.slice(1).map((end, i) => Array.from({ length: end - bounds[i] }, (_, k) => bounds[i] + k));
}

/** The window cut into patches: nearly square ones, and runs of eight taps where positions are one row. */
export function patchesOf(call: KernelCall, { axes: [axis0, axis1], rowPitch, columns }: Block): Patch[] {
  const { R } = call.window;
  const size = R[0] * R[1] * R[2];
  const [height, width] = isRow(call) ? [1, ROW] : R[2] < SIDE ? [Math.floor(SIDE ** 2 / R[2]), SIDE] : [SIDE, SIDE];
  const wide = !isRow(call) && R[1] < SIDE ? Math.floor(SIDE ** 2 / R[1]) : width;
  const patch = (k0: number, k1: readonly number[], k2: readonly number[]): Patch => {
    const rows = k1.map((k) => (k0 * axis0.perTap * axis1.count + k * axis1.perTap) * rowPitch);
    const inputs = rows.flatMap((row) => k2.map((k) => row + columns[k]));
    const taps = k1.flatMap((i) => k2.map((j) => (k0 * R[1] + i) * R[2] + j));
    const places = call.flipped ? taps.map((tap) => size - 1 - tap) : taps;
    const [input, place] = [Math.min(...inputs), Math.min(...places)];
    return {
      taps: { inputs: inputs.map((at) => at - input), places: places.map((at) => at - place) },
      input,
      place,
    };
  };
  const [rows, runs] = [pieces(R[1], height), pieces(R[2], wide)];
  return Array.from({ length: R[0] }, (_, k0) => rows.flatMap((k1) => runs.map((k2) => patch(k0, k1, k2)))).flat();
}

/**
 * Some taps of the gradient of one kernel: dK[k] = Σ G[p] · V[p·s + k·d] over n0 × n1 × n2 positions, four columns at a
 * time, with the four sums of every tap in a register; added to what is there if `more`. Writes 1 to `notFinite` if a
 * sum is not finite.
 */
export function correlateTaps(
  name: string,
  kernelCall: KernelCall,
  { axes: [axis0, axis1], rowPitch }: Block,
  { inputs, places }: Taps,
  relaxed: boolean,
): WasmFunction {
  const { P } = kernelCall.window;
  const parameters = {
    input: "i32",
    G: "i32",
    dK: "i32",
    n0: "i32",
    n1: "i32",
    n2: "i32",
    more: "i32",
    notFinite: "i32",
  } as const;
  return func(name, parameters, ({ input, G, dK, n0, n1, n2, more, notFinite }, local) => {
    const madd = multiplyAdd(relaxed);
    const [y0, y1, x, from, gradient, plane] = Array.from({ length: 6 }, () => local("i32"));
    const sums = inputs.map(() => local("v128"));
    const loads = loadsBeside(sums.length);
    const values = Array.from({ length: loads }, () => local("v128"));
    const gradients = Array.from({ length: TOGETHER }, () => local("v128"));
    const [total, check] = [local("f32"), local("f32")];
    /** From a vector of the gradient to the one it is worked on with: in G, and in the block. */
    const [apart, inputApart] = isRow(kernelCall) ? [4, 4] : [P[2], axis1.perOutput * rowPitch];

    /** Some vectors of the gradient: each vector of the input once, for all taps that meet it. */
    const step = (count: number, mask?: Code): Code => {
      const used = gradients.slice(0, count);
      const meetings = used.flatMap((g, y) => inputs.map((at, t) => ({ g, sum: sums[t], at: y * inputApart + at })));
      const all = [...new Set(meetings.map(({ at }) => at))].sort((a, b) => a - b);
      const loaded = (y: number): Code => v128.load(gradient, y * apart * BYTES);
      return [
        used.map((g, y) => g.set(mask ? v128.and(loaded(y), mask) : loaded(y))),
        pieces(all.length, loads).map((some) =>
          // A condition that always holds: few inputs are loaded at a time. In a loop, sums that it leaves alone would be spilled.
          when(i32.ne(from, 1), [
            some.map((i, j) => values[j].set(v128.load(from, all[i] * BYTES))),
            some.map((i, j) =>
              meetings.filter(({ at }) => at === all[i]).map(({ g, sum }) => sum.set(madd(values[j], g, sum))),
            ),
          ]),
        ),
      ];
    };
    const lanes = P[2] % 4;
    const mask = v128.i32([-1, lanes > 1 ? -1 : 0, lanes > 2 ? -1 : 0, 0]);
    const advance = (vectors: number): Code => [from.add(16 * vectors), gradient.add(16 * vectors)];
    const rest = (count: number): Code =>
      lanes === 0 ? [] : when(i32.and(n2, 3), [step(count, mask), gradient.add(lanes * BYTES)]);
    const begin = from.set(i32.add(plane, i32.mul(y1, axis1.perOutput * rowPitch * BYTES)));
    const row: Code = [
      begin,
      forRange(x, 4 * TOGETHER - 1, n2, 4 * TOGETHER, [step(TOGETHER), advance(TOGETHER)]),
      x.set(i32.sub(x, 4 * (TOGETHER - 1))),
      forRange(x, x, n2, 4, [step(1), advance(1)]),
      rest(1),
    ];
    const line = (rows: number): Code => [
      begin,
      forRange(x, 3, n2, 4, [step(rows), advance(1)]),
      rest(rows),
      gradient.add((rows - 1) * P[2] * BYTES),
    ];
    const lane = (sum: Local, i: number): Code => f32x4.extract_lane(sum, i);
    const end = (sum: Local, k: number): Code => [
      total.set(f32.add(f32.add(lane(sum, 0), lane(sum, 1)), f32.add(lane(sum, 2), lane(sum, 3)))),
      when(more, total.set(f32.add(total, f32.load(dK, k * BYTES)))),
      f32.store(dK, total, k * BYTES),
      // Zero, or NaN where the sum is not finite.
      check.set(f32.add(check, f32.sub(total, total))),
    ];
    return block((leave) => [
      sums.map((sum) => sum.set(v128.zero())),
      gradient.set(G),
      forRange(y0, 0, n0, 1, [
        plane.set(i32.add(input, i32.mul(y0, axis0.perOutput * axis1.count * rowPitch * BYTES))),
        isRow(kernelCall)
          ? [y1.set(0), row]
          : [forRange(y1, 0, i32.sub(n1, TOGETHER - 1), TOGETHER, line(TOGETHER)), forRange(y1, y1, n1, 1, line(1))],
      ]),
      sums.map((sum, t) => end(sum, places[t])),
      brIf(leave, f32.eq(check, check)),
      i32.store(notFinite, 1),
    ]);
  });
}
