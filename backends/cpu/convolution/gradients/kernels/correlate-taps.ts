import type { Triple } from "../../../plain/volume.ts";
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
  loop,
  multiplyAdd,
  v128,
  type WasmFunction,
  when,
} from "../../../wasm/index.ts";
import type { Block } from "../../block.ts";
import { BYTES } from "../../kernels/bytes.ts";
import type { KernelCall } from "../kernel-call.ts";

/** Taps of the window that are summed at the same time: some rows and columns of one plane. */
export interface Patch {
  readonly k0: number;
  readonly k1: readonly number[];
  readonly k2: readonly number[];
}

/** Taps at most: with the gradient of two rows and the input of one they fill the registers. */
const TOGETHER = 9;
const SIDE = 3;
/** Rows of positions that are worked on together, as they share rows of the input. */
const ROWS = 2;

/** 0 … n − 1 in even pieces of `most` at most. */
function pieces(n: number, most: number): number[][] {
  const count = Math.ceil(n / most);
  const bounds = Array.from({ length: count + 1 }, (_, i) => Math.round((i * n) / count));
  return bounds.slice(1).map((end, i) => Array.from({ length: end - bounds[i] }, (_, k) => bounds[i] + k));
}

/** The window cut into patches, nearly square ones where it has several rows. */
export function patchesOf([R0, R1, R2]: Triple): Patch[] {
  const rows = pieces(R1, R2 < SIDE ? Math.floor(TOGETHER / R2) : SIDE);
  const columns = pieces(R2, R1 < SIDE ? Math.floor(TOGETHER / R1) : SIDE);
  return Array.from({ length: R0 }, (_, k0) => rows.flatMap((k1) => columns.map((k2) => ({ k0, k1, k2 })))).flat();
}

/**
 * A patch of the gradient of one kernel: dK[k] = Σ G[p] · V[p·s + k·d] over n0 × n1 × n2 positions, four columns at a
 * time, with the four sums of every tap in a register; added to what is there if `more`. Writes 1 to `notFinite` if a
 * sum is not finite.
 */
export function correlateTaps(
  name: string,
  { window: { R, P }, flipped }: KernelCall,
  { axes: [axis0, axis1], rowPitch, columns }: Block,
  { k0, k1, k2 }: Patch,
  relaxed: boolean,
): WasmFunction {
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
    const sums = k1.map(() => k2.map(() => local("v128")));
    const values = k2.map(() => local("v128"));
    const gradients = Array.from({ length: ROWS }, () => local("v128"));
    const [total, check] = [local("f32"), local("f32")];

    /** Four columns of some rows of positions: each row of the input once, for all taps that meet it. */
    const step = (rows: number, mask?: Code): Code => {
      const meetings = gradients
        .slice(0, rows)
        .flatMap((g, y) => k1.map((k, i) => ({ g, sums: sums[i], row: y * axis1.perOutput + k * axis1.perTap })));
      const inputRows = [...new Set(meetings.map(({ row }) => row))].sort((a, b) => a - b);
      const loaded = (y: number): Code => v128.load(gradient, y * P[2] * BYTES);
      return [
        gradients.slice(0, rows).map((g, y) => g.set(mask ? v128.and(loaded(y), mask) : loaded(y))),
        inputRows.map((row) =>
          // A loop that never turns, as in the tiles of the forward: the inputs of one row are loaded at a time.
          loop((again) => [
            values.map((value, j) =>
              value.set(v128.load(from, ((k0 * axis0.perTap * axis1.count + row) * rowPitch + columns[k2[j]]) * BYTES)),
            ),
            meetings
              .filter((meeting) => meeting.row === row)
              .map(({ g, sums }) => sums.map((sum, j) => sum.set(madd(values[j], g, sum)))),
            brIf(again, i32.eq(from, 1)),
          ]),
        ),
      ];
    };
    const lanes = P[2] % 4;
    const mask = v128.i32([-1, lanes > 1 ? -1 : 0, lanes > 2 ? -1 : 0, 0]);
    const line = (rows: number): Code => [
      from.set(i32.add(plane, i32.mul(y1, axis1.perOutput * rowPitch * BYTES))),
      forRange(x, 3, n2, 4, [step(rows), from.add(16), gradient.add(16)]),
      lanes === 0 ? [] : when(i32.and(n2, 3), [step(rows, mask), gradient.add(lanes * BYTES)]),
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
    const place = (i: number, j: number): number => {
      const tap = (k0 * R[1] + k1[i]) * R[2] + k2[j];
      return flipped ? R[0] * R[1] * R[2] - 1 - tap : tap;
    };
    return block((leave) => [
      sums.flat().map((sum) => sum.set(v128.zero())),
      gradient.set(G),
      forRange(y0, 0, n0, 1, [
        plane.set(i32.add(input, i32.mul(y0, axis0.perOutput * axis1.count * rowPitch * BYTES))),
        forRange(y1, 0, i32.sub(n1, ROWS - 1), ROWS, line(ROWS)),
        forRange(y1, y1, n1, 1, line(1)),
      ]),
      sums.map((row, i) => row.map((sum, j) => end(sum, place(i, j)))),
      brIf(leave, f32.eq(check, check)),
      i32.store(notFinite, 1),
    ]);
  });
}
