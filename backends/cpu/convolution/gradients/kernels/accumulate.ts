import {
  block,
  brIf,
  type Code,
  f32x4,
  forRange,
  func,
  i32,
  loop,
  multiplyAdd,
  v128,
  type WasmFunction,
  when,
} from "../../../wasm/index.ts";
import { BYTES, storeLanes } from "../../kernels/bytes.ts";

/** What a tile of a kernel gradient is specialised to; distances in elements. */
export interface AccumulateShape {
  /** Output channels. */
  readonly kernels: number;
  /** Weights of each, in vectors of four; the last may have fewer. */
  readonly lanes: number;
  /** From the input elements of a position to those of the next. */
  readonly rowPitch: number;
  /** From a gradient to the same one of the next output channel. */
  readonly gradientPitch: number;
  /** From a gradient to that of the next position: 1 unless given. */
  readonly gradientStep?: number;
  /** From a weight to the same one of the next output channel. */
  readonly kernelPitch: number;
  readonly relaxed: boolean;
  /** Whether sums that are not finite are noted; true unless given. */
  readonly checked?: boolean;
}

/** Positions that are written out one after the other. */
const UNROLLED = 4;

/**
 * One tile of the kernel's gradient: dK[o, w] = Σ G[o, p] · rows[p, w] over `count` positions p, with every sum in a
 * register; added to what is there if `more`. A step loads some vectors of one row, and a gradient of each output
 * channel into all lanes. Writes 1 to `notFinite` if a sum is not finite, where that is checked.
 */
export function accumulate(name: string, shape: AccumulateShape): WasmFunction {
  const { kernels, lanes, rowPitch, gradientPitch, gradientStep = 1, kernelPitch, checked = true } = shape;
  const parameters = { rows: "i32", G: "i32", dK: "i32", count: "i32", more: "i32", notFinite: "i32" } as const;
  return func(name, parameters, ({ rows, G, dK, count, more, notFinite }, local) => {
    const madd = multiplyAdd(shape.relaxed);
    const vectors = Array.from({ length: Math.ceil(lanes / 4) }, (_, j) => Math.min(4, lanes - 4 * j));
    const sums = Array.from({ length: kernels }, () => vectors.map(() => local("v128")));
    const values = vectors.map(() => local("v128"));
    const [factor, check] = [local("v128"), local("v128")];
    const [at, wholes] = [local("i32"), local("i32")];
    const step: Code = [
      values.map((value, j) => value.set(v128.load(rows, 4 * j * BYTES))),
      sums.map((row, o) => [
        factor.set(v128.load32_splat(G, o * gradientPitch * BYTES)),
        row.map((sum, j) => sum.set(madd(values[j], factor, sum))),
      ]),
      rows.add(rowPitch * BYTES),
      G.add(gradientStep * BYTES),
    ];
    // A loop that never turns, as in the tiles of the forward: each step is finished before the next.
    const apart = (code: Code): Code => loop((again) => [code, brIf(again, i32.eq(G, 1))]);
    const each = (code: (sum: (typeof values)[0], offset: number, count: number) => Code): Code =>
      sums.map((row, o) => row.map((sum, j) => code(sum, (o * kernelPitch + 4 * j) * BYTES, vectors[j])));
    const inLanes = (vector: Code, count: number): Code =>
      count === 4 ? vector : v128.and(vector, v128.i32([-1, count > 1 ? -1 : 0, count > 2 ? -1 : 0, 0]));
    return block((leave) => [
      each((sum) => sum.set(v128.zero())),
      wholes.set(i32.sub(count, UNROLLED - 1)),
      forRange(
        at,
        0,
        wholes,
        UNROLLED,
        Array.from({ length: UNROLLED }, () => apart(step)),
      ),
      forRange(at, at, count, 1, step),
      when(
        more,
        each((sum, offset) => sum.set(f32x4.add(sum, v128.load(dK, offset)))),
      ),
      each((sum, offset, count) => [
        storeLanes(dK, sum, { lanes: count }, offset),
        // Zero, or NaN where the sum is not finite.
        checked ? check.set(f32x4.add(check, inLanes(f32x4.sub(sum, sum), count))) : [],
      ]),
      checked ? [brIf(leave, i32.eqz(v128.any_true(f32x4.ne(check, check)))), i32.store(notFinite, 1)] : [],
    ]);
  });
}
