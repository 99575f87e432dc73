import { decode, encode, has, indices, offsetOf } from "../../../reference/index.ts";
import { resolveWindow, type Shape, type Tensor, type WindowAttributes } from "../../../spec/index.ts";
import { type Outputs, roundTo } from "../fault.ts";
import type { Source } from "./windows.ts";

/** Where an output, an input and a weight meet: sample n, channels o and l, window p, tap k, place x. */
export interface Meeting {
  readonly n: number;
  readonly o: number;
  /** The input channel, and its number within the group. */
  readonly l: number;
  readonly c: number;
  readonly p: readonly number[];
  readonly k: readonly number[];
  readonly x: readonly number[];
}

/** A tensor and the index of it that takes part in a meeting. */
export interface Role {
  readonly shape: Shape;
  at(meeting: Meeting): readonly number[];
}

/**
 * The sum of products that every operator with a sliding kernel is: which of the three tensors is the
 * sum and which are the factors makes it the forward operator or one of its gradients.
 */
export interface Contraction {
  readonly N: number;
  readonly O: number;
  /** Input channels of one group. */
  readonly C: number;
  readonly groups: number;
  readonly X: Shape;
  readonly R: Shape;
  readonly P: Shape;
  readonly s: readonly number[];
  readonly d: readonly number[];
  readonly a: readonly number[];
  /** The input coordinate that tap k of window p meets, on one axis. */
  readonly source: Source;
  /** The input channel of output channel o and channel c of its group. */
  channel(o: number, c: number): number;
  /** Whether a meeting is added at all. */
  counts(meeting: Meeting): boolean;
  readonly sum: Role & { readonly name: string };
  readonly factors: readonly [Role & { readonly tensor: Tensor }, Role & { readonly tensor: Tensor }];
  /** What an element of the sum starts from. */
  start(index: readonly number[]): number;
}

/** The geometry of a window over an input of extents X under a kernel of extents R. */
export const geometry = (X: Shape, R: Shape, attributes: WindowAttributes) => {
  const { begin: a, extents: P } = resolveWindow(X, R, attributes);
  return {
    ...{ X, R, P, a, s: attributes.stride, d: attributes.dilation },
    source: ((p, s, k, d, begin) => p * s + k * d - begin) as Source,
    counts: () => true,
    start: () => 0,
  };
};

/** Channels in groups: O output channels, C input channels of each group. */
export const grouped = (O: number, C: number, groups: number) => ({
  ...{ O, C, groups },
  channel: (o: number, c: number) => Math.floor(o / (O / groups)) * C + c,
});

/** Every meeting that lies within the input. */
function* meetings({ N, O, C, X, R, P, s, d, a, source, channel }: Contraction): Generator<Meeting> {
  for (const [o, c, ...k] of indices(O, C, ...R))
    for (const p of indices(...P)) {
      const x = p.map((_, i) => source(p[i], s[i], k[i], d[i], a[i], i));
      if (!has(X, x)) continue;
      const l = channel(o, c);
      for (let n = 0; n < N; n++) yield { n, o, l, c, p, k, x };
    }
}

/** Adds up the products. An index outside its tensor reads and writes what stands at its row-major place. */
export function contract(contraction: Contraction): Outputs {
  const { sum, factors, counts, start } = contraction;
  const [left, right] = factors.map(({ tensor }) => decode(tensor));
  const { dtype } = factors[0].tensor;
  const sums = Array.from(indices(...sum.shape), (index) => start(index));
  for (const meeting of meetings(contraction)) {
    if (!counts(meeting)) continue;
    const [v, w] = factors.map(({ shape, at }) => offsetOf(shape, at(meeting)));
    const place = offsetOf(sum.shape, sum.at(meeting));
    if (place < sums.length) sums[place] += (left[v] ?? 0) * (right[w] ?? 0);
  }
  return { [sum.name]: encode(dtype, sum.shape, sums.map(roundTo(dtype))) };
}
