import { type Code, f32x4, forRange, func, i32, v128, type WasmFunction } from "../wasm/index.ts";
import { storeLanes } from "./strided.ts";

/** One item is a group of `size` planes of so many elements: their maximum, place by place; NaN where there is one. */
export const channelPoolKernel = (plane: number, size: number): WasmFunction =>
  func("pool", { first: "i32", past: "i32", thread: "i32", V: "i32", Z: "i32" }, (at, local) => {
    const [group, x, c, source, from, target] = Array.from({ length: 6 }, () => local("i32"));
    const largest = Array.from({ length: 4 }, () => local("v128"));
    const columns = (vectors: number, lanes = 4): Code => [
      largest.slice(0, vectors).map((value, v) => value.set(v128.load(source, 16 * v))),
      from.set(source),
      forRange(c, 1, size, 1, [
        from.add(4 * plane),
        largest.slice(0, vectors).map((value, v) => value.set(f32x4.max(value, v128.load(from, 16 * v)))),
      ]),
      largest.slice(0, vectors).map((value, v) => storeLanes(target, value, lanes, 16 * v)),
      source.add(16 * vectors),
      target.add(16 * vectors),
    ];
    return forRange(group, at.first, at.past, 1, [
      source.set(i32.add(at.V, i32.mul(group, 4 * plane * size))),
      target.set(i32.add(at.Z, i32.mul(group, 4 * plane))),
      forRange(x, 0, plane - 15, 16, columns(4)),
      forRange(x, x, plane - 3, 4, columns(1)),
      plane % 4 === 0 ? [] : columns(1, plane % 4),
    ]);
  });
