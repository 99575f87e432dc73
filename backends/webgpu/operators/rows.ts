import type { Recording } from "../device/recording.ts";
import { rowLength, rowsOf, type Tensors, type Tiled, uniforms } from "./tile.ts";

/**
 * Rows of positions of one channel, where tiles of several channels are not worth their while: 8 that hand their elements on
 * where the window slides along the last axis by one tap's distance, else 4.
 */
export function inRows(on: Recording, tiled: Tiled, { V, K, b, Z }: Tensors): void {
  const { O, groups, transposed, flipped, from, slide } = tiled;
  const rolling = !transposed && slide.s[2] === slide.d[2];
  const [kernel, positions, turned] = rolling
    ? (["slide-rolling", 8, {}] as const)
    : (["slide-rows", 4, { transposed }] as const);
  on.run({
    kernel,
    buffers: { V, K, b: b ?? K, Z },
    uniforms: { ...uniforms(tiled), ...from },
    constants: { hasBias: b !== undefined, flipped, ...turned },
    invocations: rowsOf(tiled) * Math.ceil(rowLength(tiled) / positions) * O * groups,
  });
}
