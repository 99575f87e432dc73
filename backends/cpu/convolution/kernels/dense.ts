import { type Code, forRange, func, i32, type Local, v128, type WasmFunction } from "../../wasm/index.ts";
import type { Block } from "../block.ts";
import { type Geometry, product, sumLength } from "../geometry.ts";
import { BYTES } from "./bytes.ts";

/** Outputs of a panel of a dense block. */
export const PANEL = 8;

const pitchOf = (pixels: number): number => Math.ceil(pixels / 4) * 4 + 4;
const panelsOf = (pixels: number): number => Math.ceil(pixels / PANEL);

/** Elements of a dense block of so many outputs, with the room to lay it out. */
export const denseSize = (geometry: Geometry, pixels: number): number =>
  panelsOf(pixels) * PANEL * sumLength(geometry) + product(geometry.R) * pitchOf(pixels) + 32;

/**
 * Lays a block out anew: panels of 8 outputs, in each, step after step of the sum, what it multiplies for those 8. So
 * outputs of short rows fill whole vectors, which a tile then reads from beginning to end.
 *
 * Channel by channel: all outputs for each tap in a row of their own, copied in whole vectors (what a copy leaves past
 * the end of a row is overwritten by the next), then those rows cut into panels.
 */
export function denseFill(name: string, geometry: Geometry, block: Block): WasmFunction {
  const { C, R, flipped } = geometry;
  const [b0, b1, b2] = block.outputs;
  const [axis0, axis1] = block.axes;
  const pixels = product(block.outputs);
  const taps = product(R);
  const pitch = pitchOf(pixels);
  const panelPitch = PANEL * sumLength(geometry);
  const room = panelsOf(pixels) * panelPitch;
  return func(name, { block: "i32", dense: "i32" }, ({ block: channel, dense }, local) => {
    const [c, k0, k1, k2, y0, y1, t] = Array.from({ length: 7 }, () => local("i32"));
    const [rows, source, target, at] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const turned = (counter: Local, r: number): Code => (flipped ? i32.sub(r - 1, counter) : counter.get());
    // Even distances between the columns of the taps, but for a stride whose phases they visit in turn.
    const apart = block.columns.length > 1 ? block.columns[1] - block.columns[0] : 0;
    const even = block.columns.every((column, k) => column === k * apart);
    const along = (counter: Local, k: Code, axis: Block["axes"][0]): Code =>
      i32.add(i32.mul(k, axis.perTap), i32.mul(counter, axis.perOutput));
    const row = i32.add(
      i32.mul(along(y0, turned(k0, R[0]), axis0), axis1.count * block.rowPitch * BYTES),
      i32.mul(along(y1, turned(k1, R[1]), axis1), block.rowPitch * BYTES),
    );
    const tap = (column: Code): Code => [
      target.set(rows),
      forRange(y0, 0, b0, 1, [
        forRange(y1, 0, b1, 1, [
          source.set(i32.add(i32.add(channel, row), column)),
          Array.from({ length: Math.ceil(b2 / 4) }, (_, v) => v128.store(target, v128.load(source, 16 * v), 16 * v)),
          target.add(b2 * BYTES),
        ]),
      ]),
      rows.add(pitch * BYTES),
    ];
    const tapsOfRow = even
      ? forRange(k2, 0, R[2], 1, tap(i32.mul(turned(k2, R[2]), apart * BYTES)))
      : block.columns.map((_, k) => tap(i32.const(block.columns[flipped ? R[2] - 1 - k : k] * BYTES)));
    const cut = Array.from(
      { length: panelsOf(pixels) },
      (_, p): Code => [
        target.set(i32.add(dense, p * panelPitch * BYTES)),
        at.set(i32.add(rows, p * PANEL * BYTES)),
        forRange(t, 0, taps, 1, [
          v128.store(target, v128.load(at)),
          p * PANEL + 4 < pixels ? v128.store(target, v128.load(at, 16), 16) : [],
          target.add(PANEL * BYTES),
          at.add(pitch * BYTES),
        ]),
      ],
    );
    return [
      rows.set(i32.add(dense, room * BYTES)),
      forRange(c, 0, C, 1, [
        forRange(k0, 0, R[0], 1, forRange(k1, 0, R[1], 1, tapsOfRow)),
        rows.add(-taps * pitch * BYTES),
        cut,
        channel.add(block.channelPitch * BYTES),
        dense.add(taps * PANEL * BYTES),
      ]),
    ];
  });
}
