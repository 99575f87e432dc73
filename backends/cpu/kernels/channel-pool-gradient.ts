import {
  type Code,
  f32x4,
  forRange,
  func,
  i32,
  i32x4,
  type Local,
  v128,
  type WasmFunction,
  when,
} from "../wasm/index.ts";
import { storeLanes } from "./strided.ts";

/**
 * One item is a group of `size` planes of so many elements: at every place the first of the largest, or of NaN where
 * there is one, gets the error, the others 0.
 */
export const channelPoolGradientKernel = (plane: number, size: number): WasmFunction =>
  func("gradient", { first: "i32", past: "i32", thread: "i32", V: "i32", G: "i32", dV: "i32" }, (at, local) => {
    const [group, x, c, offset, source, target] = Array.from({ length: 6 }, () => local("i32"));
    const [value, best, winner, loses, error] = Array.from({ length: 5 }, () => local("v128"));
    const given = local("v128");
    const element = (base: Local): Code => i32.add(base, offset);
    const places = (lanes: number): Code => [
      offset.set(i32.shl(i32.add(i32.mul(group, plane * size), x), 2)),
      source.set(element(at.V)),
      target.set(element(at.dV)),
      error.set(v128.load(i32.add(at.G, i32.shl(i32.add(i32.mul(group, plane), x), 2)))),
      best.set(v128.load(source)),
      winner.set(v128.zero()),
      forRange(c, 1, size, 1, [
        source.add(4 * plane),
        value.set(v128.load(source)),
        // Neither at most the best so far, nor is that NaN.
        loses.set(v128.or(f32x4.le(value, best), f32x4.ne(best, best))),
        winner.set(v128.bitselect(winner, i32x4.splat(c), loses)),
        best.set(v128.bitselect(best, value, loses)),
      ]),
      forRange(c, 0, size, 1, [
        given.set(v128.and(error, i32x4.eq(winner, i32x4.splat(c)))),
        storeLanes(target, given, lanes),
        target.add(4 * plane),
      ]),
    ];
    return forRange(group, at.first, at.past, 1, [
      forRange(x, 0, plane - 3, 4, places(4)),
      plane % 4 === 0 ? [] : when(i32.lt_s(x, plane), places(plane % 4)),
    ]);
  });
