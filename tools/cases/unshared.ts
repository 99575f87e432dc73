import {
  type ClauseId,
  defaultWindow,
  type OperatorName,
  resolveWindow,
  type Shape,
  type WindowAttributes,
} from "../../spec/index.ts";
import type { CaseSpec } from "./case.ts";

/** Extents that differ pairwise, small enough for a kernel at every position. */
const inputs: readonly Shape[] = [[11], [7, 9], [4, 6, 5]];
const kernels: readonly Shape[] = [[4], [2, 3], [3, 2, 1]];
const turns: readonly Shape[] = [[3], [2, 3], [2, 3, 2]];

const first = <T>(values: readonly T[], axes: number): T[] => values.slice(0, axes);

interface Variant {
  readonly name: string;
  readonly title: string;
  readonly clause?: ClauseId;
  readonly attributes?: (axes: number) => Partial<WindowAttributes>;
  readonly batch?: number;
  readonly channels?: readonly [C: number, O: number];
  readonly bias?: boolean;
  readonly X?: (axes: number) => Shape;
  readonly R?: (axes: number) => Shape;
  readonly t?: (axes: number) => Shape;
  /** Whether the gradients have the case too. */
  readonly gradients?: boolean;
}

const asymmetric = [
  [2, 0],
  [1, 2],
  [0, 1],
] as const;

const variants: readonly Variant[] = [
  { name: "one-channel", title: "one channel in, one out", channels: [1, 1], gradients: true },
  { name: "channels", title: "several input and output channels", gradients: true },
  {
    name: "stride",
    title: "a stride of its own for each axis",
    attributes: (n) => ({ stride: n === 3 ? [3, 2, 1] : first([2, 3], n) }),
    X: (n) => (n === 3 ? [9, 6, 5] : inputs[n - 1]),
    gradients: true,
  },
  {
    name: "stride-beyond-kernel",
    title: "a stride longer than the kernel skips input",
    attributes: (n) => ({ stride: first([5, 4, 2], n) }),
    X: (n) => first([14, 11, 5], n),
  },
  {
    name: "padding",
    title: "padding of its own for each side",
    clause: "CORR-5",
    attributes: (n) => ({ padding: first(asymmetric, n) }),
    R: (n) => (n === 3 ? [3, 2, 2] : kernels[n - 1]),
    gradients: true,
  },
  { name: "same", title: "same padding", clause: "SHAPE-3", attributes: () => ({ padding: "same" }), gradients: true },
  {
    name: "same-lower",
    title: "same padding, the odd cell before the input",
    clause: "SHAPE-3",
    attributes: () => ({ padding: "same-lower" }),
    R: (n) => first([4, 2, 2], n),
  },
  { name: "full", title: "full padding", clause: "SHAPE-4", attributes: () => ({ padding: "full" }) },
  {
    name: "dilation",
    title: "a dilation of its own for each axis",
    clause: "CORR-6",
    attributes: (n) => ({ dilation: n === 3 ? [1, 3, 2] : first([2, 3], n) }),
    X: (n) => (n === 3 ? [4, 6, 7] : inputs[n - 1]),
    R: (n) => (n === 3 ? [2, 2, 3] : kernels[n - 1]),
    gradients: true,
  },
  { name: "bias", title: "a bias", bias: true },
  { name: "batch", title: "several samples", batch: 3, gradients: true },
  {
    name: "ceil",
    title: "the last window overhangs the end",
    clause: "SHAPE-2",
    attributes: (n) => ({ stride: first([3, 4, 2], n), rounding: "ceil" }),
    X: (n) => first([9, 8, 6], n),
    R: (n) => first([4, 3, 3], n),
    t: (n) => first([2, 2, 2], n),
  },
  {
    name: "strict",
    title: "the stride divides exactly, as strict rounding demands",
    clause: "SHAPE-2",
    attributes: (n) => ({ stride: first([3, 2, 2], n), rounding: "strict" }),
    X: (n) => first([10, 9, 5], n),
    R: (n) => first([4, 3, 1], n),
  },
  {
    name: "together",
    title: "batch, bias, stride, dilation and padding at once",
    batch: 2,
    bias: true,
    attributes: (n) => ({
      stride: first([2, 1, 2], n),
      dilation: first([1, 2, 1], n),
      rounding: "strict",
      padding: first(
        [
          [n === 3 ? 1 : 2, n === 3 ? 0 : 1],
          [1, 2],
          [0, 1],
        ] as const,
        n,
      ),
    }),
    X: (n) => (n === 3 ? [5, 6, 7] : first([11, 7], n)),
    R: (n) => (n === 3 ? [2, 3, 2] : first([4, 3], n)),
    gradients: true,
  },
];

/** The kernels of tiled convolution alone: how many take turns. */
const turnVariants: readonly Variant[] = [
  { name: "one-turn", title: "one kernel, everywhere", t: (n) => first([1, 1, 1], n) },
  {
    name: "turns-on-one-axis",
    title: "kernels that take turns on the last axis alone",
    t: (n) => first([1, 1, 3], n).with(n - 1, 3),
    gradients: true,
  },
  {
    name: "no-turn-twice",
    title: "as many kernels as positions",
    t: (n) => [[8], [6, 7], [2, 5, 5]][n - 1],
    gradients: true,
  },
  {
    name: "turns-under-stride",
    title: "the turn follows the output position, not the input's",
    attributes: (n) => ({ stride: first([2, 1, 2], n) }),
    X: (n) => (n === 3 ? [9, 5, 6] : first([14, 7], n)),
    R: (n) => (n === 3 ? [3, 2, 2] : kernels[n - 1]),
    t: (n) => first([3, 4, 2], n),
    gradients: true,
  },
];

interface Layer {
  readonly V: Shape;
  readonly G: Shape;
  readonly O: number;
  readonly C: number;
  readonly R: Shape;
  readonly P: Shape;
  readonly t: Shape;
  readonly bias: boolean;
  readonly attributes: Partial<WindowAttributes>;
}

function layerOf(axes: number, variant: Variant): Layer {
  const [C, O] = variant.channels ?? [3, 2];
  const N = variant.batch ?? 1;
  const X = variant.X?.(axes) ?? inputs[axes - 1];
  const R = variant.R?.(axes) ?? kernels[axes - 1];
  const attributes = variant.attributes?.(axes) ?? {};
  const { extents: P } = resolveWindow(X, R, { ...defaultWindow(axes), ...attributes });
  const t = variant.t?.(axes) ?? turns[axes - 1];
  return { V: [N, C, ...X], G: [N, O, ...P], O, C, R, P, t, bias: variant.bias ?? false, attributes };
}

/** How each operator takes the shapes of a layer. */
interface Reading {
  readonly operator: OperatorName;
  readonly clause: ClauseId;
  readonly gradient: boolean;
  shapes(layer: Layer): Readonly<Record<string, Shape>>;
  attributes(layer: Layer): object;
}

const unshared = ({ O, P, C, R }: Layer): Shape => [O, ...P, C, ...R];
const tiles = ({ O, C, R, t }: Layer): Shape => [O, C, ...R, ...t];

const local: readonly Reading[] = [
  {
    operator: "locally-connected",
    clause: "LOCAL-2",
    gradient: false,
    shapes: (layer) => ({ V: layer.V, W: unshared(layer), ...(layer.bias ? { b: layer.G.slice(1) } : {}) }),
    attributes: () => ({}),
  },
  {
    operator: "locally-connected-input-gradient",
    clause: "GRAD-40",
    gradient: true,
    shapes: (layer) => ({ G: layer.G, W: unshared(layer) }),
    attributes: ({ V }) => ({ input: V.slice(2) }),
  },
  {
    operator: "locally-connected-kernel-gradient",
    clause: "GRAD-41",
    gradient: true,
    shapes: ({ G, V }) => ({ G, V }),
    attributes: ({ R }) => ({ kernel: R }),
  },
];

const tiled: readonly Reading[] = [
  {
    operator: "tiled",
    clause: "TILED-1",
    gradient: false,
    shapes: (layer) => ({ V: layer.V, K: tiles(layer), ...(layer.bias ? { b: [layer.O] } : {}) }),
    attributes: () => ({}),
  },
  {
    operator: "tiled-input-gradient",
    clause: "GRAD-43",
    gradient: true,
    shapes: (layer) => ({ G: layer.G, K: tiles(layer) }),
    attributes: ({ V }) => ({ input: V.slice(2) }),
  },
  {
    operator: "tiled-kernel-gradient",
    clause: "GRAD-44",
    gradient: true,
    shapes: ({ G, V }) => ({ G, V }),
    attributes: ({ R, t }) => ({ kernel: R, tiles: t }),
  },
];

const spec = ({ operator, clause, shapes, attributes }: Reading, axes: number, variant: Variant): CaseSpec => {
  const layer = layerOf(axes, variant);
  return {
    operator,
    name: `${variant.name}-${axes}d`,
    title: `${variant.title}, ${axes}-D`,
    clauses: [clause, ...(variant.clause?.startsWith("SHAPE") ? [variant.clause] : [])],
    data: "exact",
    shapes: shapes(layer),
    attributes: { ...layer.attributes, ...attributes(layer) } as CaseSpec["attributes"],
  };
};

/** Real data: rounding errors arise. */
const real = ({ operator, clause, shapes, attributes }: Reading): CaseSpec[] =>
  (["f16", "f32", "f64"] as const).map((dtype): CaseSpec => {
    const layer = layerOf(2, {
      name: "",
      title: "",
      batch: 2,
      channels: [5, 3],
      bias: true,
      X: () => [6, 8],
      R: () => [3, 2],
      t: () => [2, 3],
      attributes: () => ({
        stride: [1, 2],
        rounding: "strict",
        padding: [
          [1, 0],
          [0, 2],
        ],
      }),
    });
    return {
      operator,
      name: `plane-${dtype}`,
      title: `real data of ${dtype}, 2-D`,
      clauses: [clause],
      data: "real",
      dtype,
      shapes: shapes(layer),
      attributes: { ...layer.attributes, ...attributes(layer) } as CaseSpec["attributes"],
    };
  });

const casesOf = (readings: readonly Reading[], of: readonly Variant[]): CaseSpec[] =>
  readings.flatMap((reading) => [
    ...[1, 2, 3].flatMap((axes) =>
      of.filter(({ gradients }) => !reading.gradient || gradients).map((variant) => spec(reading, axes, variant)),
    ),
    ...real(reading),
  ]);

const biasGradient: readonly CaseSpec[] = [
  ...[[5], [3, 4], [2, 3, 4]].map(
    (P): CaseSpec<"locally-connected-bias-gradient"> => ({
      operator: "locally-connected-bias-gradient",
      name: `batch-${P.length}d`,
      title: `the sum over the samples, ${P.length}-D`,
      clauses: ["GRAD-42"],
      data: "exact",
      shapes: { G: [3, 2, ...P] },
      attributes: {},
    }),
  ),
  ...(["f16", "f32", "f64"] as const).map(
    (dtype): CaseSpec<"locally-connected-bias-gradient"> => ({
      operator: "locally-connected-bias-gradient",
      name: `batch-${dtype}`,
      title: `sums of 40 elements of ${dtype}`,
      clauses: ["GRAD-42"],
      data: "real",
      dtype,
      shapes: { G: [40, 2, 3, 4] },
      attributes: {},
    }),
  ),
];

export const unsharedCases: readonly CaseSpec[] = [
  ...casesOf(local, variants),
  ...casesOf(tiled, [...variants, ...turnVariants]),
  ...biasGradient,
];
