import {
  type Code,
  call,
  f32,
  forRange,
  fromTo,
  func,
  i32,
  multiplyAdd,
  select,
  v128,
  type WasmFunction,
} from "../wasm/index.ts";
import { patchBytes, record, scatter, taps } from "./patch.ts";
import type { Unshared } from "./unshared.ts";

/** How many vectors of a window are summed in registers at a time. */
const WIDTHS = [8, 4, 2];
const VECTORS = WIDTHS[0];

/** What the code depends on: the layer, how many channels one item has, and how many samples there are. */
export interface UnsharedInputGradient extends Unshared {
  readonly N: number;
  readonly channels: number;
}

/** Bytes of workspace for one thread. */
export const inputGradientWorkspace = (layer: UnsharedInputGradient): number =>
  patchBytes(layer, layer.channels) + 16 * VECTORS;

/**
 * dV[n, c, x] = Σ W[o, p, c, k] · G[n, o, p] over the windows p that have x at tap k. One item is a run of channels:
 * for every position the sums over o, which are then added where its window lies.
 */
export function unsharedInputGradient(layer: UnsharedInputGradient): readonly WasmFunction[] {
  const { N, C, O, X, positions, weightStride, channels, relaxed } = layer;
  const add = multiplyAdd(relaxed);
  const plane = 4 * X[0] * X[1] * X[2];
  const gradient = func(
    "gradient",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      G: "i32",
      W: "i32",
      dV: "i32",
      items: "i32",
      count: "i32",
      records: "i32",
      workspace: "i32",
    },
    (at, local) => {
      const [item, c, past, n, x, to, patch, run] = Array.from({ length: 8 }, () => local("i32"));
      const [block, last, position, end, weights, source, errors, o, v, length] = Array.from({ length: 10 }, () =>
        local("i32"),
      );
      const sums = Array.from({ length: VECTORS }, () => local("v128"));
      const error = local("v128");
      const clear: Code = forRange(n, 0, N, 1, [
        x.set(i32.add(at.dV, i32.mul(i32.add(i32.mul(n, C), c), plane))),
        to.set(i32.add(x, i32.mul(i32.sub(past, c), plane))),
        forRange(x, x, to, 4, f32.store(x, f32.const(0))),
      ]);
      const column = (vectors: number): Code => [
        sums.slice(0, vectors).map((sum) => sum.set(v128.zero())),
        source.set(i32.add(weights, v)),
        errors.set(i32.add(at.G, i32.load(position, record.output))),
        fromTo(o, 0, O, 1, [
          error.set(v128.load32_splat(errors)),
          sums.slice(0, vectors).map((sum, s) => sum.set(add(error, v128.load(source, 16 * s), sum))),
          errors.add(4 * positions),
          source.add(weightStride),
        ]),
        to.set(i32.add(patch, v)),
        sums.slice(0, vectors).map((sum, s) => v128.store(to, sum, 16 * s)),
      ];
      return [
        patch.set(i32.add(at.workspace, i32.mul(at.thread, inputGradientWorkspace(layer)))),
        forRange(item, at.first, at.past, 1, [
          c.set(i32.mul(item, channels)),
          past.set(i32.add(c, channels)),
          past.set(select(past, C, i32.lt_s(past, C))),
          length.set(i32.mul(i32.sub(past, c), 4 * taps(layer))),
          run.set(i32.mul(c, 4 * taps(layer))),
          clear,
          last.set(i32.add(at.items, i32.mul(at.count, 16))),
          forRange(block, at.items, last, 16, [
            weights.set(i32.add(i32.add(at.W, i32.load(block)), run)),
            position.set(i32.add(at.records, i32.mul(i32.load(block, 4), record.bytes))),
            end.set(i32.add(position, i32.mul(i32.load(block, 8), record.bytes))),
            forRange(position, position, end, record.bytes, [
              v.set(0),
              // What is left of a run is done in halves: the fewer vectors, the longer each sum waits for itself.
              WIDTHS.map((vectors) => forRange(v, v, i32.sub(length, 16 * vectors - 1), 16 * vectors, column(vectors))),
              forRange(v, v, length, 16, column(1)),
              call(0, position, at.dV, patch, c, past, 0),
            ]),
          ]),
        ]),
      ];
    },
  );
  return [scatter(layer), gradient];
}
