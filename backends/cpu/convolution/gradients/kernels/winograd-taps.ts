import {
  block,
  brIf,
  type Code,
  f32,
  f32x4,
  forRange,
  func,
  i32,
  v128,
  type WasmFunction,
  when,
} from "../../../wasm/index.ts";
import { BYTES } from "../../kernels/bytes.ts";
import { transposed, winogradMaps } from "../../kernels/winograd-maps.ts";
import { apart, assign, vectors } from "../../kernels/winograd-transforms.ts";
import type { KernelCall } from "../kernel-call.ts";
import type { WinogradGradientPlan } from "../winograd-plan.ts";

/** From the sums of one element of the transform to those of the next, [n²][kernels][channels]: apart, for the cache. */
export const sumsPitch = ({ kernels, channels }: WinogradGradientPlan): number => kernels * channels + 16;

/** Bytes of half-way results. */
export const TAPS_SPACE = 18 * 16;

/**
 * dK = Gᵀ M G for some output channels and input channels, added to what is there if `more`. Lanes are input channels.
 * Writes 1 to `notFinite` if a result is not finite.
 */
export function transformTaps(name: string, plan: WinogradGradientPlan, { C, flipped }: KernelCall): WasmFunction {
  const { m, n } = plan;
  const parameters = {
    sums: "i32",
    dK: "i32",
    /** How many output channels and input channels there are. */
    kernels: "i32",
    channels: "i32",
    more: "i32",
    room: "i32",
    notFinite: "i32",
  } as const;
  return func(name, parameters, ({ sums, dK, kernels, channels, more, room, notFinite }, local) => {
    const [o, c, from, to] = Array.from({ length: 4 }, () => local("i32"));
    const check = local("v128");
    const line = vectors(n, local);
    const map = winogradMaps[m].taps(line, local);
    const down = Array.from({ length: n }, (_, x) => [
      assign(
        line,
        line.map((_, y) => v128.load(from, (y * n + x) * sumsPitch(plan) * BYTES)),
      ),
      map.code,
      map.results.map((value, y) => v128.store(room, value, (y * n + x) * 16)),
    ]);
    const taps = vectors(9, local);
    const along = [0, 1, 2].map((y) => [
      assign(
        line,
        line.map((_, x) => v128.load(room, (y * n + x) * 16)),
      ),
      map.code,
      map.results.map((value, x) => taps[flipped ? 8 - 3 * y - x : 3 * y + x].set(value)),
    ]);
    // Lanes are channels, whose nine taps lie next to each other: four and four of them, and the last.
    const rows = vectors(8, local);
    const turns = [transposed(taps.slice(0, 4), local), transposed(taps.slice(4, 8), local)];
    const [last, total] = [local("f32"), local("v128")];
    const lane = (i: number): Code => {
      const at = i * 9 * BYTES;
      const stored: Code = [
        last.set(f32x4.extract_lane(taps[8], i)),
        when(more, [
          [0, 1].map((j) => rows[4 * j + i].set(f32x4.add(rows[4 * j + i], v128.load(to, at + 16 * j)))),
          last.set(f32.add(last, f32.load(to, at + 32))),
        ]),
        [0, 1].map((j) => v128.store(to, rows[4 * j + i], at + 16 * j)),
        f32.store(to, last, at + 32),
        total.set(f32x4.add(f32x4.add(rows[i], rows[4 + i]), f32x4.splat(last))),
        // Zero, or NaN where a result is not finite.
        check.set(f32x4.add(check, f32x4.sub(total, total))),
      ];
      return C % 4 === 0 || i === 0 ? stored : when(i32.lt_s(i32.add(c, i), channels), stored);
    };
    return block((leave) => [
      forRange(o, 0, kernels, 1, [
        from.set(i32.add(sums, i32.mul(o, plan.channels * BYTES))),
        to.set(i32.add(dK, i32.mul(o, C * 9 * BYTES))),
        forRange(c, 0, channels, 4, [
          apart(from, [...down, ...along]),
          turns.map(({ code, results }, j) => [code, assign(rows.slice(4 * j, 4 * j + 4), results)]),
          [0, 1, 2, 3].map(lane),
          from.add(16),
          to.add(36 * BYTES),
        ]),
      ]),
      brIf(leave, i32.eqz(v128.any_true(f32x4.ne(check, check)))),
      i32.store(notFinite, 1),
    ]);
  });
}
