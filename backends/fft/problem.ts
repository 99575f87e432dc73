import {
  type AttributesOf,
  type InputsOf,
  type OutputsOf,
  resolveWindow,
  type Shape,
  type Tensor,
  transposedExtents,
  zeros,
} from "../../spec/index.ts";

/** One entry for each of three spatial axes; a call with fewer has leading axes of extent 1. */
export type Triple = readonly [number, number, number];

export type Numbers = Float32Array | Float64Array;

/** A tensor whose three leading indices are found by these strides, and whose spatial axes are the last, row-major. */
export interface Side {
  readonly data: Numbers;
  readonly strides: Triple;
  readonly extents: Triple;
}

/** How many samples, groups, and filters and channels in each group there are. */
export interface Counts {
  readonly samples: number;
  readonly groups: number;
  readonly filters: number;
  readonly channels: number;
}

interface Common {
  readonly counts: Counts;
  readonly stride: Triple;
  readonly dilation: Triple;
  /** The cells of padding before the input; negative where it begins within. */
  readonly origin: Triple;
  /** Whether the taps of the kernel run backwards. */
  readonly flipped: boolean;
}

/** out[n,g,o,q] = bias[g,o] + Σ_{c,t} A↑[n,g,c, q·stride + t·dilation − origin] · B[g,o,c,t], A↑ having upsample − 1 zeros between elements. */
export interface Sliding extends Common {
  readonly kind: "sliding";
  /** By sample, group, channel. */
  readonly A: Side;
  /** By group, filter, channel. */
  readonly B: Side;
  /** By sample, group, filter. */
  readonly out: Side;
  readonly upsample: Triple;
  readonly bias?: Numbers;
}

/** out[g,o,c,k] = Σ_{n,p} G[n,g,o,p] · V[n,g,c, p·stride + k·dilation − origin]. */
export interface Weighing extends Common {
  readonly kind: "weighing";
  /** By sample, group, filter. */
  readonly G: Side;
  /** By sample, group, channel. */
  readonly V: Side;
  /** By group, filter, channel. */
  readonly out: Side;
}

export type Problem = Sliding | Weighing;

const triple = (values: readonly number[], fill: number): Triple =>
  [...Array<number>(3 - values.length).fill(fill), ...values] as unknown as Triple;

export const volume = ([a, b, c]: Triple): number => a * b * c;

/** A tensor of shape [i, j, …spatial] whose first axis, or second, is split in groups. */
function side({ data, shape }: Tensor, grouped: 0 | 1, groups: number): Side {
  const extents = triple(shape.slice(2), 1);
  const spatial = volume(extents);
  const perGroup = shape[grouped] / groups;
  const strides: Triple =
    grouped === 0
      ? [perGroup * shape[1] * spatial, shape[1] * spatial, spatial]
      : [shape[1] * spatial, perGroup * spatial, spatial];
  return { data: data as Numbers, strides, extents };
}

interface Window {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

const spans = (R: Shape, dilation: readonly number[]): number[] => R.map((r, axis) => (r - 1) * dilation[axis]);

/** Makes the tensor of a result; what its elements are before they are written does not matter. */
export type Make = typeof zeros;

/** CORR-9, CONV-5. */
export function forward(
  { V, K, b }: InputsOf<"correlate">,
  attributes: AttributesOf<"correlate">,
  flipped: boolean,
  make: Make = zeros,
): readonly [Sliding, OutputsOf<"correlate">] {
  const { begin, extents } = resolveWindow(V.shape.slice(2), K.shape.slice(2), attributes);
  const { groups } = attributes;
  const Z = make(V.dtype, [V.shape[0], K.shape[0], ...extents]);
  const problem: Sliding = {
    kind: "sliding",
    counts: { samples: V.shape[0], groups, filters: K.shape[0] / groups, channels: K.shape[1] },
    A: side(V, 1, groups),
    B: side(K, 0, groups),
    out: side(Z, 1, groups),
    bias: b?.data as Numbers | undefined,
    stride: triple(attributes.stride, 1),
    dilation: triple(attributes.dilation, 1),
    upsample: [1, 1, 1],
    origin: triple(begin, 0),
    flipped,
  };
  return [problem, { Z }];
}

/** The sums of the input gradients and of the transposed correlation: Y [N, O, …P] spread over the output by K. */
function spread(
  Y: Tensor,
  K: Tensor,
  out: Tensor,
  window: Window,
  begin: readonly number[],
  flipped: boolean,
): Sliding {
  const { groups, stride, dilation } = window;
  const kernel = side(K, 0, groups);
  const [group, filter, channel] = kernel.strides;
  return {
    kind: "sliding",
    counts: { samples: Y.shape[0], groups, filters: K.shape[1], channels: K.shape[0] / groups },
    A: side(Y, 1, groups),
    B: { ...kernel, strides: [group, channel, filter] },
    out: side(out, 1, groups),
    stride: [1, 1, 1],
    dilation: triple(dilation, 1),
    upsample: triple(stride, 1),
    origin: triple(
      spans(K.shape.slice(2), dilation).map((span, axis) => span - begin[axis]),
      0,
    ),
    flipped: !flipped,
  };
}

/** GRAD-6, GRAD-8. */
export function inputGradient(
  { G, K }: InputsOf<"correlate-input-gradient">,
  attributes: AttributesOf<"correlate-input-gradient">,
  flipped: boolean,
  make: Make = zeros,
): readonly [Sliding, OutputsOf<"correlate-input-gradient">] {
  const { input: X, groups } = attributes;
  const { begin } = resolveWindow(X, K.shape.slice(2), attributes);
  const dV = make(G.dtype, [G.shape[0], K.shape[1] * groups, ...X]);
  return [spread(G, K, dV, attributes, begin, flipped), { dV }];
}

/** GRAD-10. */
export function transposed(
  { V, K, b }: InputsOf<"correlate-transpose">,
  attributes: AttributesOf<"correlate-transpose">,
  make: Make = zeros,
): readonly [Sliding, OutputsOf<"correlate-transpose">] {
  const X = transposedExtents(V.shape.slice(2), K.shape.slice(2), attributes);
  const Z = make(V.dtype, [V.shape[0], K.shape[1] * attributes.groups, ...X]);
  const begin = attributes.padding.map(([first]) => first);
  return [{ ...spread(V, K, Z, attributes, begin, false), bias: b?.data as Numbers | undefined }, { Z }];
}

/** GRAD-3, GRAD-7. */
export function kernelGradient(
  { G, V }: InputsOf<"correlate-kernel-gradient">,
  attributes: AttributesOf<"correlate-kernel-gradient">,
  flipped: boolean,
  make: Make = zeros,
): readonly [Weighing, OutputsOf<"correlate-kernel-gradient">] {
  const { kernel: R, groups } = attributes;
  const { begin } = resolveWindow(V.shape.slice(2), R, attributes);
  const dK = make(G.dtype, [G.shape[1], V.shape[1] / groups, ...R]);
  const problem: Weighing = {
    kind: "weighing",
    counts: { samples: V.shape[0], groups, filters: G.shape[1] / groups, channels: V.shape[1] / groups },
    G: side(G, 1, groups),
    V: side(V, 1, groups),
    out: side(dK, 0, groups),
    stride: triple(attributes.stride, 1),
    dilation: triple(attributes.dilation, 1),
    origin: triple(begin, 0),
    flipped,
  };
  return [problem, { dK }];
}

/** Whether a call computes nothing: a batch of no samples. */
export const isEmpty = ({ out, counts }: Problem): boolean => out.data.length === 0 || counts.samples === 0;

/** The multiplications that direct sums would take, borders included. */
export function products({ counts, ...problem }: Problem): number {
  const { samples, groups, filters, channels } = counts;
  const spatial =
    problem.kind === "sliding"
      ? volume(problem.out.extents) * volume(problem.B.extents)
      : volume(problem.G.extents) * volume(problem.out.extents);
  return samples * groups * filters * channels * spatial;
}
