import { decode, encode, indices, offsetOf, type StoredInputs } from "../../../reference/index.ts";
import { type CorrelateAttributes, resolveWindow, type Tensor } from "../../../spec/index.ts";
import type { Outputs } from "../fault.ts";

const { fround } = Math;

/** One position of the loops: output (n, o, p), input channel c of the group, kernel tap k. */
export interface At {
  readonly n: number;
  readonly o: number;
  readonly p: readonly number[];
  readonly c: number;
  readonly k: readonly number[];
}

/** The extents of a call, by the letters of CORR-9. */
export interface Extents {
  readonly O: number;
  readonly C: number;
  readonly X: readonly number[];
  readonly R: readonly number[];
  readonly P: readonly number[];
  readonly a: readonly number[];
}

/** The steps of the sliding kernel; a fault replaces one of them. */
export interface Steps {
  /** The input coordinate on one axis. */
  source(p: number, s: number, k: number, d: number, a: number, axis: number): number;
  /** The coordinate at which the input is read, undefined where there is no term. */
  read(x: number, n: number): number | undefined;
  /** The kernel tap that meets the window's tap k. */
  tap(k: readonly number[], R: readonly number[]): readonly number[];
  /** The input channel of a group's channel c. */
  channel(at: At, extents: Extents, groups: number): number;
  product(v: number, w: number, at: At, extents: Extents): number;
  /** Whether a term is added at all. */
  counts(at: At, extents: Extents): boolean;
  bias(b: ArrayLike<number> | undefined, o: number): number;
  /** Whether an element of the output is computed; it stays 0 where not. */
  computes(at: Pick<At, "n" | "o" | "p">, extents: Extents): boolean;
}

const correctSteps: Steps = {
  source: (p, s, k, d, a) => p * s + k * d - a,
  read: (x, n) => (x >= 0 && x < n ? x : undefined),
  tap: (k) => k,
  channel: ({ o, c }, { O, C }, groups) => Math.floor(o / (O / groups)) * C + c,
  product: (v, w) => v * w,
  counts: () => true,
  bias: (b, o) => b?.[o] ?? 0,
  computes: () => true,
};

/** Cross-correlation in single precision with some of its steps replaced. Attributes must be valid. */
export function slideWith(
  replaced: Partial<Steps>,
  { V, K, b }: StoredInputs,
  attributes: CorrelateAttributes,
): Outputs {
  const steps = { ...correctSteps, ...replaced };
  const [input, kernel] = [V as Tensor, K as Tensor];
  const [values, weights, biases] = [decode(input), decode(kernel), b && decode(b)];
  const { stride: s, dilation: d, groups } = attributes;
  const [O, C, ...R] = kernel.shape;
  const [N, , ...X] = input.shape;
  const { begin: a, extents: P } = resolveWindow(X, R, attributes);
  const extents: Extents = { O, C, X, R, P, a };
  const round = input.dtype === "f32" ? fround : (value: number) => value;

  const element = (n: number, o: number, p: readonly number[]): number => {
    if (!steps.computes({ n, o, p }, extents)) return 0;
    let sum = round(steps.bias(biases, o));
    for (const [c, ...k] of indices(C, ...R)) {
      const at = { n, o, p, c, k };
      const x = p.map((_, i) => steps.read(steps.source(p[i], s[i], k[i], d[i], a[i], i), X[i]));
      if (!steps.counts(at, extents) || x.some((coordinate) => coordinate === undefined)) continue;
      const v = values[offsetOf(input.shape, [n, steps.channel(at, extents, groups), ...(x as number[])])] ?? 0;
      const w = weights[offsetOf(kernel.shape, [o, c, ...steps.tap(k, R)])];
      sum = round(sum + round(steps.product(v, w, at, extents)));
    }
    return sum;
  };
  const shape = [N, O, ...P];
  return {
    Z: encode(
      input.dtype,
      shape,
      Array.from(indices(...shape), ([n, o, ...p]) => element(n, o, p)),
    ),
  };
}
