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

type Tensors = Readonly<Record<"V" | "K" | "Z", StoredTensor>> & { readonly b?: StoredTensor };

/** Positions in a row: along the last axis they are taken in steps of s where the sums are transposed. */
const rowLength = ({ slide: { P, s }, transposed }: Tiled): number =>
  transposed ? Math.ceil(P[2] / s[2]) * s[2] : P[2];

/** Rows of positions in all samples. */
const rowsOf = ({ slide: { P }, N }: Tiled): number => N * P[0] * P[1];

const uniforms = ({ slide: { X, R, P, s, d, begin }, N, O, C, groups }: Tiled) => ({
  ...{ X, R, P, s, d, begin },
  ...{ N, O, C, groups },
});

/** Tiles of 8 channels × 4 positions. */
export function inTiles(on: Recording, tiled: Tiled, { V, K, b, Z }: Tensors): void {
  const { O, C, groups, slide, transposed, flipped, from } = tiled;
  const blocks = Math.ceil(O / 8);
  const taps = sizeOf(slide.R);
  const quads = groups * taps * C * blocks * 2;
  const packed = on.words(quads * 4);
  const notFinite = on.table(Float32Array.of(0));
  on.run({
    kernel: "pack-weights",
    buffers: { K, packed, notFinite },
    uniforms: { G: groups, O, C, taps, ...from },
    constants: { flipped },
    invocations: quads,
  });
  on.run({
    kernel: "slide-tile",
    buffers: { V, packed, notFinite, b: b ?? K, Z },
    uniforms: uniforms(tiled),
    constants: { hasBias: b !== undefined, transposed },
    invocations: Math.ceil((rowsOf(tiled) * rowLength(tiled)) / 4) * blocks * groups,
  });
}

/** Rows of 4 positions of one channel. */
export function inRows(on: Recording, tiled: Tiled, { V, K, b, Z }: Tensors): void {
  const { O, groups, transposed, flipped, from } = tiled;
  on.run({
    kernel: "slide-rows",
    buffers: { V, K, b: b ?? K, Z },
    uniforms: { ...uniforms(tiled), ...from },
    constants: { hasBias: b !== undefined, transposed, flipped },
    invocations: rowsOf(tiled) * Math.ceil(rowLength(tiled) / 4) * O * groups,
  });
}

/** Invocations that keep a device busy: parts of the sums are given to so many. */
const enough = 2 ** 14;

/** Positions of a row that are one piece. */
const longest = 256;

/** The gradient of a kernel that all positions share, in tiles of 4 × 4 channels, over parts of the positions. */
export function kernelGradientInTiles(
  on: Recording,
  { slide, N, O, C, groups, flipped = false }: Sums,
  { G, V, dK }: Readonly<Record<"G" | "V" | "dK", StoredTensor>>,
): void {
  const own = O / groups;
  const { X, R, P, s, d, begin } = slide;
  const tiles = groups * Math.ceil(own / 4) * Math.ceil(C / 4) * sizeOf(R);
  const piece = Math.min(P[2], on.session.debug ? 3 : longest);
  const pieces = Math.ceil(P[2] / piece);
  const all = N * P[0] * P[1] * pieces;
  const wanted = on.session.debug ? 3 : Math.ceil(enough / tiles);
  const length = Math.max(1, Math.ceil(all / wanted));
  const parts = Math.max(1, Math.ceil(all / length));
  const size = sizeOf(dK.shape);
  const sums = on.words(parts * size);
  on.run({
    kernel: "slide-kernel-gradient-tile",
    buffers: { G, V, sums },
    uniforms: { X, R, P, s, d, begin, N, O: own, C, groups, parts, length, pieces, piece },
    constants: { flipped },
    invocations: tiles * parts,
  });
  on.run({ kernel: "sum-parts", buffers: { sums, total: dK }, uniforms: { parts, size }, invocations: size });
}
