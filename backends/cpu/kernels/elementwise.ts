import type { Scope } from "../runtime/scope.ts";
import { type Code, forRange, func, i32, type Local, select, v128, type WasmFunction } from "../wasm/index.ts";

/** Elements of one item: 16 KiB of each array. */
const BLOCK = 4096;
/** Vectors of 4 elements done in one turn of the loop. */
const UNROLL = 4;

/** What a vector of the output is, from those of a and b at its place; `rate` is a number that comes with the call. */
export type Compute = (a: Code, b: Code, rate: Local) => Code;

/** Z[i] = compute(a[i], b[i]), block by block. Past the last element a vector may be done whole: blocks have room. */
const elementwiseKernel = (compute: Compute): WasmFunction =>
  func(
    "elementwise",
    { first: "i32", past: "i32", thread: "i32", count: "i32", rate: "f32", Z: "i32", a: "i32", b: "i32" },
    ({ first, past, count, rate, Z, a, b }, local) => {
      const [at, end, wholes] = [local("i32"), local("i32"), local("i32")];
      const arrays = [Z, a, b];
      const vectors = (n: number): Code => [
        Array.from({ length: n }, (_, v) =>
          v128.store(Z, compute(v128.load(a, 16 * v), v128.load(b, 16 * v), rate), 16 * v),
        ),
        arrays.map((base) => base.add(16 * n)),
      ];
      return [
        arrays.map((base) => base.add(i32.mul(first, 4 * BLOCK))),
        at.set(i32.mul(first, BLOCK)),
        end.set(i32.mul(past, BLOCK)),
        end.set(select(end, count, i32.lt_s(end, count))),
        wholes.set(i32.sub(end, 4 * UNROLL - 1)),
        forRange(at, at, wholes, 4 * UNROLL, vectors(UNROLL)),
        forRange(at, at, end, 4, vectors(1)),
      ];
    },
  );

/**
 * Computes every element of Z from those of a and b at its place.
 * @param name of the computation, which must determine `compute`
 * @param Z, a, b addresses of `count` elements each
 */
export function elementwise(
  scope: Scope,
  name: string,
  compute: Compute,
  { count, rate = 0, Z, a, b = a }: { count: number; rate?: number; Z: number; a: number; b?: number },
): void {
  const kernel = scope.kernel(`elementwise ${name}`, () => [elementwiseKernel(compute)]);
  scope.run(kernel, "elementwise", { items: Math.ceil(count / BLOCK), grain: 1 }, count, rate, Z, a, b);
}
