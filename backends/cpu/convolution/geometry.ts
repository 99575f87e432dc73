import type { AttributesOf, Shape } from "../../../spec/index.ts";
import { slide, type Triple } from "../plain/volume.ts";

/** A call of correlate or convolve over three spatial axes, all that its kernels are specialised to but the batch. */
export interface Geometry {
  readonly groups: number;
  /** Channels of the input, and of the output, in one group. */
  readonly C: number;
  readonly O: number;
  /** Extents of the input, the kernel and the output. */
  readonly X: Triple;
  readonly R: Triple;
  readonly P: Triple;
  readonly stride: Triple;
  readonly dilation: Triple;
  /** Cells of padding before the first element. */
  readonly begin: Triple;
  /** Whether tap k of the window meets element R − 1 − k of the kernel (convolution). */
  readonly flipped: boolean;
  readonly bias: boolean;
  /** Where the outputs lie, if not next to each other. */
  readonly spread?: Spread;
}

/** Outputs that are some elements of a larger array: every `step`-th of each axis. */
export interface Spread {
  /** Extents of the larger array. */
  readonly extents: Triple;
  readonly step: Triple;
}

/** What is known of a call before its values are: shapes of V and K, and the attributes. */
export interface KernelCall {
  readonly V: Shape;
  readonly K: Shape;
  readonly bias: boolean;
  readonly attributes: AttributesOf<"correlate">;
  readonly flipped: boolean;
}

export const product = ([a, b, c]: Triple): number => a * b * c;

/** Whether each output is made of one input cell at the same place: then all axes are one. */
const pointwise = ({ X, R, P, stride, begin }: Pick<Geometry, "X" | "R" | "P" | "stride" | "begin">): boolean =>
  [0, 1, 2].every((i) => R[i] === 1 && stride[i] === 1 && begin[i] === 0 && P[i] === X[i]);

/** The same call with its axes joined, where they need not be told apart. */
export function joined(geometry: Geometry): Geometry {
  if (geometry.spread || !pointwise(geometry)) return geometry;
  const all: Triple = [1, 1, product(geometry.X)];
  return { ...geometry, X: all, P: all, flipped: false };
}

/** Lifts a call to three axes, and joins them where they need not be told apart. Also the output's own extents. */
export function geometryOf({ V, K, bias, attributes, flipped }: KernelCall): Geometry & { readonly extents: Shape } {
  const lifted = slide(V.slice(2), K.slice(2), attributes);
  const { X, R, P, stride, begin, extents } = lifted;
  const { groups } = attributes;
  // An axis with one tap is neither flipped nor dilated.
  const dilation = lifted.dilation.map((d, i) => (R[i] === 1 ? 1 : d)) as unknown as Triple;
  const turned = flipped && product(R) > 1;
  const geometry = { groups, C: K[1], O: K[0] / groups, X, R, P, stride, dilation, begin, flipped: turned, bias };
  return { ...joined(geometry), extents };
}

/** How often the sum of one output adds a product. */
export const sumLength = ({ C, R }: Geometry): number => C * product(R);
