import { brIf, type Code, forRange, func, i32, loop, select, v128, type WasmFunction } from "../../wasm/index.ts";
import type { Geometry } from "../geometry.ts";
import { kernelPitch, TILE, type WinogradPlan } from "../winograd-plan.ts";
import { BYTES } from "./bytes.ts";
import { winogradMaps } from "./winograd-maps.ts";

/**
 * The function `kernel`: U = G g Gᵀ for every output channel of a group and every channel, laid out as `kernelSize`
 * says. The lanes of a vector are TILE output channels; an item is so many.
 */
export function kernelTransform({ m, n }: WinogradPlan, { C, O, flipped }: Geometry): WasmFunction {
  const parameters = { first: "i32", past: "i32", thread: "i32", K: "i32", U: "i32" } as const;
  return func("kernel", parameters, ({ first, past, K, U }, local) => {
    const [item, c, target] = [local("i32"), local("i32"), local("i32")];
    const sources = Array.from({ length: TILE }, () => local("i32"));
    const vector = () => local("v128");
    const taps = Array.from({ length: 3 }, () => [vector(), vector(), vector()]);
    const half = Array.from({ length: n }, () => [vector(), vector(), vector()]);
    const load = (tap: number): Code => {
      const at = (flipped ? 8 - tap : tap) * BYTES;
      return sources.reduce<Code>(
        (lanes, source, lane) =>
          lane === 0 ? v128.load32_zero(source, at) : v128.load32_lane(source, lanes, lane, at),
        [],
      );
    };
    const map = winogradMaps[m].kernel;
    const down = [0, 1, 2].map((x) => {
      const { code, results } = map(
        taps.map((row) => row[x]),
        local,
      );
      return [code, results.map((value, i) => half[i][x].set(value))];
    });
    const along = half.map((row, i) => {
      const { code, results } = map(row, local);
      return loop((again) => [
        code,
        results.map((value, j) => v128.store(target, value, (i * n + j) * kernelPitch(C) * BYTES)),
        brIf(again, i32.eq(target, i + 1)),
      ]);
    });
    // Output channels past the last are copies of the last.
    const channel = (lane: number): Code => {
      const o = i32.add(i32.mul(item, TILE), lane);
      return select(o, O - 1, i32.lt_s(o, O));
    };
    return forRange(item, first, past, 1, [
      sources.map((source, lane) => source.set(i32.add(K, i32.mul(channel(lane), C * 9 * BYTES)))),
      target.set(i32.add(U, i32.mul(item, n * n * kernelPitch(C) * BYTES))),
      forRange(c, 0, C, 1, [
        taps.flatMap((row, y) => row.map((tap, x) => tap.set(load(y * 3 + x)))),
        down,
        along,
        sources.map((source) => source.add(9 * BYTES)),
        target.add(TILE * BYTES),
      ]),
    ]);
  });
}
