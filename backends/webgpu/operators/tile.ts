import { sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { StoredTensor } from "../device/tensor.ts";
import type { Slide } from "./axes.ts";
import type { Sums } from "./slide.ts";

/** Products below which packing and tiling cost more than they save, and output channels of a group below which tiles stay empty. */
const least = { products: 2 ** 18, channels: 4 } as const;

/** In a debug session small calls are tiled too: they are what is held against the suite. */
const leastInDebug = { products: 0, channels: 2 } as const;

/** Whether so many products are worth a tile of several channels. @param own the channels that are computed in each group */
export function worthTiles(on: Recording, { slide, N, O, C }: Sums, own: number): boolean {
  const { products, channels } = on.session.debug ? leastInDebug : least;
  return own >= channels && N * O * sizeOf(slide.P) * C * sizeOf(slide.R) >= products;
}

/** Where an element of a kernel lies, by group, computed channel, channel that is summed over, and tap. */
export type From = {
  readonly fromG: number;
  readonly fromO: number;
  readonly fromC: number;
  readonly fromK: number;
};

/** What tiles compute: Z of extents P and O channels in each group, from V of extents X and C channels in each group. */
export interface Tiled {
  readonly slide: Slide;
  readonly N: number;
  readonly O: number;
  readonly C: number;
  readonly groups: number;
  readonly transposed: boolean;
  readonly flipped: boolean;
  readonly from: From;
}

export type Tensors = Readonly<Record<"V" | "K" | "Z", StoredTensor>> & { readonly b?: StoredTensor };

/** Positions in a row: along the last axis they are taken in steps of s where the sums are transposed. */
export const rowLength = ({ slide: { P, s }, transposed }: Tiled): number =>
  transposed ? Math.ceil(P[2] / s[2]) * s[2] : P[2];

/** Rows of positions in all samples. */
export const rowsOf = ({ slide: { P }, N }: Tiled): number => N * P[0] * P[1];

/** What every kernel of tiles or rows is told. */
export const uniforms = ({ slide: { X, R, P, s, d, begin }, N, O, C, groups }: Tiled) => ({
  ...{ X, R, P, s, d, begin },
  ...{ N, O, C, groups },
});

/** Invocations below which a GPU is not kept busy: there a wide tile would save loads and leave cores idle. */
const enoughForWide = 2 ** 14;

/** Tiles of 8 channels × 4 positions, or of 16 × 8. */
const shapeOf = (wide: boolean) => (wide ? { channels: 16, positions: 8 } : { channels: 8, positions: 4 });

/** How many tiles of a shape there are. */
function tilesOf(tiled: Tiled, wide: boolean): number {
  const { channels, positions } = shapeOf(wide);
  return Math.ceil((rowsOf(tiled) * rowLength(tiled)) / positions) * Math.ceil(tiled.O / channels) * tiled.groups;
}

/** Whether wide tiles are worth their while. In a debug session some small calls have them, and others not. */
function worthWide({ session: { debug, software } }: Recording, tiled: Tiled): boolean {
  if (debug) return rowsOf(tiled) % 2 === 1;
  if (tiled.O <= 8 || rowsOf(tiled) * rowLength(tiled) <= 4) return false;
  return software || tilesOf(tiled, true) >= enoughForWide;
}

/** Z in tiles of several channels and positions. */
export function inTiles(on: Recording, tiled: Tiled, { V, K, b, Z }: Tensors): void {
  const { O, C, groups, slide, transposed, flipped, from } = tiled;
  const wide = worthWide(on, tiled);
  const { channels } = shapeOf(wide);
  const quads = (Math.ceil(O / channels) * channels) / 4;
  const taps = sizeOf(slide.R);
  const packed = on.words(groups * taps * C * quads * 4);
  const notFinite = on.table(Float32Array.of(0));
  on.run({
    kernel: "pack-weights",
    buffers: { K, packed, notFinite },
    uniforms: { G: groups, O, C, taps, quads, ...from },
    constants: { flipped },
    invocations: groups * C * quads,
  });
  on.run({
    kernel: "slide-tile",
    buffers: { V, packed, notFinite, b: b ?? K, Z },
    uniforms: { ...uniforms(tiled), quads },
    constants: { hasBias: b !== undefined, transposed, wide },
    invocations: tilesOf(tiled, wide),
  });
}
