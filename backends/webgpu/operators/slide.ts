import { sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { StoredTensor } from "../device/tensor.ts";
import type { Slide } from "./axes.ts";
import { kernelGradientInTiles } from "./kernel-gradient.ts";
import { inRows } from "./rows.ts";
import { inTiles, type Tiled, worthTiles } from "./tile.ts";
import type { Weights } from "./weights.ts";

/** A sliding kernel's sums: N samples, O output channels, in each group C channels. */
export interface Sums {
  readonly slide: Slide;
  readonly weights: Weights;
  readonly N: number;
  readonly O: number;
  readonly C: number;
  readonly groups: number;
  /** Whether tap k of the window meets element R − 1 − k of the kernel, as in convolution. */
  readonly flipped?: boolean;
}

const uniforms = ({ slide: { X, R, P, s, d, begin }, weights, N, O, C, groups }: Sums) => ({
  ...{ X, R, P, s, d, begin },
  ...weights,
  ...{ N, O, C, groups },
});

/** Whether all positions share one kernel. */
const isShared = ({ weights }: Sums): boolean => weights.kernelT === 0;

/** Whether each weight is used once, as in a dense layer on a single sample: packing it would cost more than its product. */
const usesEachOnce = ({ N, slide: { P } }: Sums): boolean => N * sizeOf(P) === 1;

/** Z from V, as tiles compute it. */
function asTiles({ slide, weights, N, O, C, groups, flipped = false }: Sums): Tiled {
  const { kernelO: fromO, kernelC: fromC, kernelK: fromK } = weights;
  const own = O / groups;
  return { slide, N, O: own, C, groups, flipped, transposed: false, from: { fromG: own * fromO, fromO, fromC, fromK } };
}

/**
 * dV from G, as tiles compute it: outputs and channels change places, and so do the extents. With stride 1 that is a correlation
 * with the turned kernel.
 */
function asTransposedTiles({ slide, weights, N, O, C, groups, flipped = false }: Sums): Tiled {
  const { kernelO: fromC, kernelC: fromO, kernelK: fromK } = weights;
  const own = O / groups;
  const exchanged = { ...slide, X: slide.P, P: slide.X };
  const from = { fromG: own * fromC, fromO, fromC, fromK };
  const tiled = { slide: exchanged, N, O: C, C: own, groups, flipped, transposed: true, from };
  if (slide.s.some((stride) => stride > 1)) return tiled;
  const [begin0, begin1, begin2] = slide.R.map((R, axis) => (R - 1) * slide.d[axis] - slide.begin[axis]);
  return {
    ...tiled,
    slide: { ...exchanged, begin: [begin0, begin1, begin2] },
    flipped: !flipped,
    transposed: false,
  };
}

/** Z = b + Σ V·K, the sums themselves. @param b one for each output channel, or for each position of it too */
export function forward(
  on: Recording,
  sums: Sums,
  { V, K, b, Z }: Readonly<Record<"V" | "K" | "Z", StoredTensor>> & { readonly b?: StoredTensor },
): void {
  if (isShared(sums)) {
    const compute = worthTiles(on, sums, sums.O / sums.groups) ? inTiles : inRows;
    compute(on, asTiles(sums), { V, K, b, Z });
    return;
  }
  const perPosition = b !== undefined && b.shape.length > 1;
  const positions = sizeOf(sums.slide.P);
  on.run({
    kernel: "slide",
    buffers: { V, K, b: b ?? K, Z },
    uniforms: { ...uniforms(sums), biasO: perPosition ? positions : 1, biasP: perPosition ? 1 : 0 },
    constants: { hasBias: b !== undefined },
    invocations: sizeOf(Z.shape),
  });
}

/** dV = b + Σ G·K for each element of the input. @param b one for each channel of the input, where all positions share a kernel */
export function inputGradient(
  on: Recording,
  sums: Sums,
  { G, K, b, dV }: Readonly<Record<"G" | "K" | "dV", StoredTensor>> & { readonly b?: StoredTensor },
): void {
  // The kernel below takes neither a bias nor taps in reverse.
  if (isShared(sums) && (b !== undefined || sums.flipped === true || !usesEachOnce(sums))) {
    const compute = worthTiles(on, sums, sums.C) ? inTiles : inRows;
    compute(on, asTransposedTiles(sums), { V: G, K, b, Z: dV });
    return;
  }
  on.run({
    kernel: "slide-input-gradient",
    buffers: { G, K, dV },
    uniforms: uniforms(sums),
    invocations: sizeOf(dV.shape),
  });
}

/** dK = Σ G·V for each weight. */
export function kernelGradient(
  on: Recording,
  sums: Sums,
  { G, V, dK }: Readonly<Record<"G" | "V" | "dK", StoredTensor>>,
): void {
  if (isShared(sums)) {
    kernelGradientInTiles(on, sums, { G, V, dK });
    return;
  }
  on.run({
    kernel: "slide-kernel-gradient",
    buffers: { G, V, dK },
    uniforms: uniforms(sums),
    invocations: sizeOf(dK.shape),
  });
}
