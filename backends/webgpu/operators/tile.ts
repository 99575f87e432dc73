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

/** What an invocation computes, or, in quads, the four invocations of a workgroup. */
const shapes = {
  narrow: { channels: 8, positions: 4 },
  wide: { channels: 16, positions: 8 },
  quads: { channels: 32, positions: 16 },
} as const;

type TileShape = keyof typeof shapes;

/** How many tiles of a shape there are. */
function tilesOf(tiled: Tiled, shape: TileShape): number {
  const { channels, positions } = shapes[shape];
  return Math.ceil((rowsOf(tiled) * rowLength(tiled)) / positions) * Math.ceil(tiled.O / channels) * tiled.groups;
}

/** The tiles of a call. In a debug session small calls have them all, by their number of rows. */
function shapeOf({ session: { debug, software, quads } }: Recording, tiled: Tiled): TileShape {
  const rows = rowsOf(tiled);
  const positions = rows * rowLength(tiled);
  // Where tiles are transposed they skip taps, each on its own, which a quad cannot.
  const inQuads = quads && !tiled.transposed;
  if (debug) return rows % 3 === 0 ? "narrow" : rows % 3 === 1 || !inQuads ? "wide" : "quads";
  if (inQuads && tiled.O > shapes.wide.channels && positions > shapes.wide.positions) return "quads";
  if (tiled.O <= shapes.narrow.channels || positions <= shapes.narrow.positions) return "narrow";
  return software || tilesOf(tiled, "wide") >= enoughForWide ? "wide" : "narrow";
}

const foursOf = (tiled: Tiled): number => Math.ceil((rowsOf(tiled) * rowLength(tiled)) / 4);

/** Fours of positions that quads compute: all but one that would have a workgroup to itself. */
const doneInQuads = (fours: number): number => (fours % 4 === 1 ? fours - 1 : fours);

/** Z in tiles of several channels and positions. */
export function inTiles(on: Recording, tiled: Tiled, { V, K, b, Z }: Tensors): void {
  const { O, C, groups, slide, transposed, flipped, from } = tiled;
  const shape = shapeOf(on, tiled);
  const { channels } = shapes[shape];
  const inTile = channels / 4;
  const quads = Math.ceil(O / channels) * inTile;
  const taps = sizeOf(slide.R);
  const hasBias = b !== undefined;
  const packed = on.words(groups * taps * C * quads * 4);
  const notFinite = on.table(Float32Array.of(0));
  const fours = foursOf(tiled);
  const done = shape === "quads" ? doneInQuads(fours) : 0;
  const given = {
    buffers: { V, packed, notFinite, b: b ?? K, Z },
    uniforms: { ...uniforms(tiled), quads, inTile, done },
  };
  on.run({
    kernel: "pack-weights",
    buffers: { K, packed, notFinite },
    uniforms: { G: groups, O, C, taps, quads, inTile, ...from },
    constants: { flipped },
    invocations: groups * C * quads,
  });
  if (done > 0)
    on.run({
      ...{ kernel: "slide-tile-quads", ...given },
      constants: { hasBias },
      size: 4,
      workgroups: Math.ceil(done / 4) * Math.ceil(O / channels) * groups,
    });
  // After quads these have the four that is left, or all where a weight is not finite. A few invocations are spread over
  // workgroups, of which a processor computes each on one core.
  const wide = shape === "wide" || done === fours;
  on.run({
    ...{ kernel: "slide-tile", ...given },
    constants: { hasBias, transposed, wide },
    size: 0 < done && done < fours ? 4 : 64,
    invocations: tilesOf(tiled, wide ? "wide" : "narrow"),
  });
}
