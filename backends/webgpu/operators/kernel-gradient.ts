import { sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { StoredTensor } from "../device/tensor.ts";
import type { Sums } from "./slide.ts";

/** Invocations that keep a device busy: parts of the sums are given to so many. */
const enough = 2 ** 14;

/** Positions of a row that are one piece. */
const longest = 256;

/** The kernel that reads fewer elements for a product, and how many tiles it has. A read of taps is dearer: it looks for the edge. */
function tilesOf({ slide: { R, s, d }, O, C, groups }: Sums) {
  const own = O / groups;
  const ofChannels = {
    kernel: "slide-kernel-gradient-tile",
    constants: {},
    reads: 8 / (Math.min(own, 4) * Math.min(C, 4)),
    tiles: groups * Math.ceil(own / 4) * Math.ceil(C / 4) * sizeOf(R),
  } as const;
  const down = Math.ceil(R[1] / 4);
  const tall = Math.ceil(R[1] / down);
  const rolling = s[2] === d[2];
  const ofTaps = {
    kernel: "slide-kernel-gradient-taps",
    constants: { tall, rolling },
    reads: (1 + tall * (rolling ? 1 : 4)) / (tall * Math.min(R[2], 4)),
    tiles: O * C * R[0] * down * Math.ceil(R[2] / 4),
  } as const;
  return 2 * ofTaps.reads < ofChannels.reads ? ofTaps : ofChannels;
}

/** The gradient of a kernel that all positions share, in tiles over parts of the positions, which are added afterwards. */
export function kernelGradientInTiles(
  on: Recording,
  sum: Sums,
  { G, V, dK }: Readonly<Record<"G" | "V" | "dK", StoredTensor>>,
): void {
  const { slide, N, O, C, groups, flipped = false } = sum;
  const { X, R, P, s, d, begin } = slide;
  const { kernel, constants, tiles } = tilesOf(sum);
  const piece = Math.min(P[2], on.session.debug ? 5 : longest);
  const pieces = Math.ceil(P[2] / piece);
  const all = N * P[0] * P[1] * pieces;
  const wanted = on.session.debug ? 3 : Math.ceil(enough / tiles);
  const length = Math.max(1, Math.ceil(all / wanted));
  const parts = Math.max(1, Math.ceil(all / length));
  const size = sizeOf(dK.shape);
  const sums = on.words(parts * size);
  on.run({
    kernel,
    buffers: { G, V, sums },
    uniforms: { X, R, P, s, d, begin, N, O: O / groups, C, groups, parts, length, pieces, piece },
    constants: { flipped, ...constants },
    invocations: tiles * parts,
  });
  on.run({ kernel: "sum-parts", buffers: { sums, total: dK }, uniforms: { parts, size }, invocations: size });
}
