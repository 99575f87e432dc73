import {
  type Code,
  call,
  f32x4,
  forRange,
  fromTo,
  func,
  i32,
  multiplyAdd,
  select,
  v128,
  type WasmFunction,
  when,
} from "../wasm/index.ts";
import { gather, patchBytes, record, taps } from "./patch.ts";
import { storeLanes } from "./strided.ts";
import type { Unshared } from "./unshared.ts";

/** How many vectors of a run are summed in registers at a time. */
const WIDTHS = [8, 4, 2, 1];
const VECTORS = WIDTHS[0];
/** Positions whose patches are held at a time. */
const HELD = 32;

/** What the code depends on: the layer, and how many channels one item has. */
export interface UnsharedKernelGradient extends Unshared {
  readonly channels: number;
}

/** Runs of channels, each an item for every block of weights. */
export const channelRuns = ({ C, channels }: UnsharedKernelGradient): number => Math.ceil(C / channels);

const held = ({ served }: Unshared): number => Math.min(served, HELD);

/** Bytes of workspace for one thread: patches and their masks. */
export const kernelGradientWorkspace = (layer: UnsharedKernelGradient): number =>
  2 * held(layer) * patchBytes(layer, layer.channels);

/**
 * dW[o, c, k] of a block of weights = Σ G[n, o, p] · V[n, c, window of p] over the positions it serves. One item is a
 * run of channels of one block.
 */
export function unsharedKernelGradient(layer: UnsharedKernelGradient): readonly WasmFunction[] {
  const { C, O, positions, weightStride, channels, relaxed } = layer;
  const runs = channelRuns(layer);
  const size = patchBytes(layer, channels);
  const mask = held(layer) * size;
  const add = multiplyAdd(relaxed);
  const gradient = func(
    "gradient",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      G: "i32",
      V: "i32",
      dW: "i32",
      items: "i32",
      records: "i32",
      workspace: "i32",
    },
    (at, local) => {
      const [item, block, c, past, position, end, next, chunk] = Array.from({ length: 8 }, () => local("i32"));
      const [patches, patch, o, v, to, length, errors, target] = Array.from({ length: 8 }, () => local("i32"));
      const begins = local("i32");
      const sums = Array.from({ length: VECTORS }, () => local("v128"));
      const error = local("v128");

      /** So many vectors of the gradient of one output channel, from all positions of the chunk. */
      const column = (vectors: number, lanes = 4): Code => {
        const used = sums.slice(0, vectors);
        return [
          to.set(i32.add(target, v)),
          when(
            begins,
            used.map((sum) => sum.set(v128.zero())),
            used.map((sum, s) => sum.set(v128.load(to, 16 * s))),
          ),
          patch.set(i32.add(patches, v)),
          forRange(position, chunk, next, record.bytes, [
            errors.set(i32.add(at.G, i32.load(position, record.output))),
            error.set(v128.load32_splat(i32.add(errors, i32.mul(o, 4 * positions)))),
            when(
              i32.load(position, record.inside),
              used.map((sum, s) => sum.set(add(error, v128.load(patch, 16 * s), sum))),
              used.map((sum, s) =>
                sum.set(
                  f32x4.add(sum, v128.and(f32x4.mul(error, v128.load(patch, 16 * s)), v128.load(patch, mask + 16 * s))),
                ),
              ),
            ),
            patch.add(size),
          ]),
          used.map((sum, s) => storeLanes(to, sum, lanes, 16 * s)),
        ];
      };
      /** The vectors of a run of so many channels, the last one perhaps not whole. */
      const columns = (count: number): Code => {
        const elements = count * taps(layer);
        return [
          length.set(4 * (elements - (elements % 4))),
          v.set(0),
          WIDTHS.map((vectors) => forRange(v, v, i32.sub(length, 16 * vectors - 1), 16 * vectors, column(vectors))),
          elements % 4 === 0 ? [] : column(1, elements % 4),
        ];
      };
      const rest = C - (runs - 1) * channels;
      return [
        patches.set(i32.add(at.workspace, i32.mul(at.thread, kernelGradientWorkspace(layer)))),
        forRange(item, at.first, at.past, 1, [
          block.set(i32.add(at.items, i32.shl(i32.div_u(item, runs), 4))),
          c.set(i32.mul(i32.rem_u(item, runs), channels)),
          past.set(i32.add(c, channels)),
          past.set(select(past, C, i32.lt_s(past, C))),
          chunk.set(i32.add(at.records, i32.mul(i32.load(block, 4), record.bytes))),
          end.set(i32.add(chunk, i32.mul(i32.load(block, 8), record.bytes))),
          begins.set(1),
          // Once also where a block serves no position: its gradient is 0.
          fromTo(chunk, chunk, end, held(layer) * record.bytes, [
            next.set(i32.add(chunk, held(layer) * record.bytes)),
            next.set(select(next, end, i32.lt_s(next, end))),
            patch.set(patches),
            forRange(position, chunk, next, record.bytes, [
              call(0, position, at.V, patch, c, past, mask),
              patch.add(size),
            ]),
            target.set(i32.add(i32.add(at.dW, i32.load(block)), i32.mul(c, 4 * taps(layer)))),
            forRange(o, 0, O, 1, [
              rest === channels
                ? columns(channels)
                : when(i32.eq(i32.sub(past, c), channels), columns(channels), columns(rest)),
              target.add(weightStride),
            ]),
            begins.set(0),
          ]),
        ]),
      ];
    },
  );
  return [gather(layer), gradient];
}
