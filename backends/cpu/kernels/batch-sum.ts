import { type Code, f32x4, forRange, fromTo, func, i32, select, v128, type WasmFunction } from "../wasm/index.ts";

/** Elements of one item: sixteen lines. */
export const BATCH_SUM_BLOCK = 256;
const VECTORS = 4;

/** Σ_n G[n, …] of G with so many samples of `size` elements. One item is a block of elements. */
export const batchSum = (N: number, size: number): WasmFunction =>
  func("sum", { first: "i32", past: "i32", thread: "i32", G: "i32", total: "i32" }, (at, local) => {
    const [x, past, n, source, target] = Array.from({ length: 5 }, () => local("i32"));
    const sums = Array.from({ length: VECTORS }, () => local("v128"));
    const columns = (vectors: number): Code => [
      sums.slice(0, vectors).map((sum) => sum.set(v128.zero())),
      source.set(i32.add(at.G, i32.shl(x, 2))),
      target.set(i32.add(at.total, i32.shl(x, 2))),
      N === 0
        ? []
        : fromTo(n, 0, N, 1, [
            sums.slice(0, vectors).map((sum, v) => sum.set(f32x4.add(sum, v128.load(source, 16 * v)))),
            source.add(4 * size),
          ]),
      // The last vector may be more than there is: blocks have room for it.
      sums.slice(0, vectors).map((sum, v) => v128.store(target, sum, 16 * v)),
    ];
    return [
      x.set(i32.mul(at.first, BATCH_SUM_BLOCK)),
      past.set(i32.mul(at.past, BATCH_SUM_BLOCK)),
      past.set(select(past, size, i32.lt_s(past, size))),
      forRange(x, x, i32.sub(past, 4 * VECTORS - 1), 4 * VECTORS, columns(VECTORS)),
      forRange(x, x, past, 4, columns(1)),
    ];
  });
