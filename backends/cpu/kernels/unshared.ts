import { type Code, call, f32, forRange, func, i32, type Local, v128, type WasmFunction, when } from "../wasm/index.ts";
import { dotTile, sumOfLanes } from "./dot.ts";
import { gather, type Patches, patchBytes, record, taps } from "./patch.ts";

/** A layer whose kernel depends on the position: each block of weights [O, C, …R] serves some positions. */
export interface Unshared extends Patches {
  readonly O: number;
  /** Output positions of a sample. */
  readonly positions: number;
  /** Bytes from one output channel to the next, in the weights and in the biases; no bias is 0. */
  readonly weightStride: number;
  readonly biasStride: number;
  /** How many positions one block serves at most, all samples together. */
  readonly served: number;
  readonly relaxed: boolean;
}

/** Positions that are computed together. */
export const rowsOf = ({ served }: Unshared): number => Math.min(served, 3);

/** The words of an item: bytes from the beginning of the weights to its block, its first record and how many. */
export const itemWords = { weights: 0, record: 4, count: 8, bytes: 16 } as const;

/** Bytes of workspace for one thread: the patches, and one mask. */
export const unsharedWorkspace = (layer: Unshared): number => (rowsOf(layer) + 1) * patchBytes(layer, layer.C);

/** Z[n, o, p] = b + Σ W[o, p, c, k] · V[n, c, window of p]. One item is up to three positions with the same weights. */
export function unsharedKernel(layer: Unshared): readonly WasmFunction[] {
  const { C, O, positions, weightStride, biasStride, relaxed } = layer;
  const [rows, size] = [rowsOf(layer), patchBytes(layer, C)];
  const most = Math.min(O, rows === 1 ? 8 : 4);
  const length = C * taps(layer);
  const forward = func(
    "forward",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      V: "i32",
      W: "i32",
      b: "i32",
      Z: "i32",
      items: "i32",
      records: "i32",
      workspace: "i32",
    },
    (at, local) => {
      const [item, info, position, count, r, o, inside] = Array.from({ length: 7 }, () => local("i32"));
      const [patch, from, weights, left, right, patches] = Array.from({ length: 6 }, () => local("i32"));
      const sums = Array.from({ length: rows }, () => Array.from({ length: most }, () => local("v128")));
      const sum = local("f32");
      const to = local("i32");

      /** So many positions from `position` on, their patches from `from` on, under so many output channels from o on. */
      const tile = (R: number, columns: number, masked: boolean): Code => {
        const used = sums.slice(0, R).map((row) => row.slice(0, columns));
        const weigh = (vector: Code, offset: number): Code => v128.and(vector, v128.load(left, size + offset));
        const shape = { rows: R, columns, length, strides: [size, weightStride] as const, relaxed };
        return [
          left.set(from),
          right.set(i32.add(weights, i32.mul(o, weightStride))),
          dotTile(shape, left, right, local, used, masked ? weigh : undefined),
          used.map((row, r) =>
            row.map((lanes, c) => {
              const word = (offset: number): Code => i32.load(position, r * record.bytes + offset);
              const bias = i32.add(at.b, i32.add(word(record.bias), i32.mul(o, biasStride)));
              return [
                sum.set(sumOfLanes(lanes)),
                biasStride === 0 ? [] : sum.set(f32.add(sum, f32.load(bias, c * biasStride))),
                to.set(i32.add(at.Z, i32.add(word(record.output), i32.mul(o, 4 * positions)))),
                f32.store(to, sum, 4 * c * positions),
              ];
            }),
          ),
        ];
      };
      const outputs = (R: number, masked: boolean): Code => [
        forRange(o, 0, O - most + 1, most, tile(R, most, masked)),
        O % most === 0 ? [] : tile(R, O % most, masked),
      ];
      const gatherOne = (target: Local): Code => call(0, position, at.V, target, 0, C, size);
      const apart: Code = [
        from.set(patches),
        forRange(r, 0, count, 1, [
          gatherOne(patches),
          when(i32.load(position, record.inside), outputs(1, false), outputs(1, true)),
          position.add(record.bytes),
        ]),
      ];
      const together: Code = [
        patch.set(patches),
        forRange(r, 0, rows, 1, [gatherOne(patch), patch.add(size), position.add(record.bytes)]),
        position.add(-rows * record.bytes),
        from.set(patches),
        outputs(rows, false),
      ];
      return [
        patches.set(i32.add(at.workspace, i32.mul(at.thread, unsharedWorkspace(layer)))),
        forRange(item, at.first, at.past, 1, [
          info.set(i32.add(at.items, i32.mul(item, itemWords.bytes))),
          weights.set(i32.add(at.W, i32.load(info, itemWords.weights))),
          position.set(i32.add(at.records, i32.mul(i32.load(info, itemWords.record), record.bytes))),
          count.set(i32.load(info, itemWords.count)),
          inside.set(i32.eq(count, rows)),
          Array.from({ length: rows }, (_, r) =>
            inside.set(i32.and(inside, i32.load(position, r * record.bytes + record.inside))),
          ),
          rows === 1 ? apart : when(inside, together, apart),
        ]),
      ];
    },
  );
  return [gather(layer), forward];
}
