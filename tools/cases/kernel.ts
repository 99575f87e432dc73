import type { ClauseId, CorrelateAttributes, Shape } from "../../spec/index.ts";
import type { CaseSpec } from "./case.ts";

type KernelOperator = "correlate" | "convolve";

/** Extents that differ pairwise, for one, two and three spatial axes. */
const inputs: readonly Shape[] = [[11], [7, 9], [5, 6, 7]];
const kernels: readonly Shape[] = [[4], [2, 3], [2, 3, 4]];

/** One entry of each list for each spatial axis: swapping axes changes the result. */
const first = (values: readonly number[], axes: number): number[] => values.slice(0, axes);
const pairs = (values: readonly (readonly [number, number])[], axes: number) => values.slice(0, axes);

interface Variant {
  readonly name: string;
  readonly title: string;
  readonly clause: ClauseId;
  readonly attributes?: (axes: number) => Partial<CorrelateAttributes>;
  readonly batch?: number;
  readonly channels?: readonly [C: number, O: number];
  readonly bias?: boolean;
  readonly X?: (axes: number) => Shape;
  readonly R?: (axes: number) => Shape;
  /** The numbers of axes for which the variant stands; all unless given. */
  readonly axes?: readonly number[];
}

const asymmetric = [
  [2, 0],
  [1, 3],
  [0, 1],
] as const;

const variants: readonly Variant[] = [
  { name: "one-channel", title: "one channel, one kernel", clause: "CORR-1", channels: [1, 1] },
  { name: "channels", title: "several input and output channels", clause: "CORR-3" },
  {
    name: "stride",
    title: "a stride of its own for each axis",
    clause: "CORR-4",
    attributes: (n) => ({ stride: first([2, 3, 1], n) }),
  },
  {
    name: "stride-beyond-kernel",
    title: "a stride longer than the kernel skips input",
    clause: "CORR-4",
    attributes: (n) => ({ stride: first([5, 4, 5], n) }),
    X: (n) => (n === 3 ? [8, 9, 10] : inputs[n - 1]),
  },
  {
    name: "padding",
    title: "padding of its own for each side",
    clause: "CORR-5",
    attributes: (n) => ({ padding: pairs(asymmetric, n) }),
  },
  {
    name: "padding-before",
    title: "padding before the input only",
    clause: "CORR-5",
    attributes: (n) => ({
      padding: pairs(
        [
          [1, 0],
          [2, 0],
          [1, 0],
        ],
        n,
      ),
    }),
  },
  {
    name: "padding-after",
    title: "padding after the input only",
    clause: "CORR-5",
    attributes: (n) => ({
      padding: pairs(
        [
          [0, 1],
          [0, 2],
          [0, 1],
        ],
        n,
      ),
    }),
  },
  {
    name: "same",
    title: "same padding, the odd cell after the input",
    clause: "SHAPE-3",
    attributes: () => ({ padding: "same" }),
  },
  {
    name: "same-lower",
    title: "same padding, the odd cell before the input",
    clause: "SHAPE-3",
    attributes: () => ({ padding: "same-lower" }),
  },
  {
    name: "same-stride",
    title: "same padding under a stride",
    clause: "SHAPE-3",
    attributes: (n) => ({ padding: "same", stride: first([2, 3, 2], n) }),
  },
  {
    name: "full",
    title: "full padding: every overlap counts",
    clause: "SHAPE-4",
    attributes: () => ({ padding: "full" }),
  },
  {
    name: "dilation",
    title: "a dilation of its own for each axis",
    clause: "CORR-6",
    attributes: (n) => ({ dilation: n === 3 ? [3, 2, 1] : first([2, 3], n) }),
  },
  {
    name: "groups",
    title: "two groups of channels",
    clause: "CORR-7",
    channels: [6, 4],
    attributes: () => ({ groups: 2 }),
  },
  {
    name: "depthwise",
    title: "as many groups as channels, two kernels each",
    clause: "CORR-7",
    channels: [3, 6],
    attributes: () => ({ groups: 3 }),
  },
  { name: "bias", title: "one bias for each output channel", clause: "CORR-8", bias: true },
  { name: "batch", title: "several samples", clause: "CORR-9", batch: 3 },
  {
    name: "pointwise",
    title: "a kernel of one tap mixes channels only",
    clause: "CORR-3",
    channels: [5, 3],
    R: (n) => Array<number>(n).fill(1),
  },
  {
    name: "kernel-is-input",
    title: "a kernel of the input's extents gives one element",
    clause: "SHAPE-1",
    channels: [5, 4],
    R: (n) => inputs[n - 1],
  },
  {
    name: "ceil",
    title: "the last window overhangs the end",
    clause: "SHAPE-2",
    attributes: (n) => ({ stride: first([3, 4, 2], n), rounding: "ceil" }),
    X: (n) => first([9, 8, 7], n),
  },
  {
    name: "strict",
    title: "the stride divides exactly, as strict rounding demands",
    clause: "SHAPE-2",
    attributes: (n) => ({ stride: first([3, 2, 2], n), rounding: "strict" }),
    X: (n) => (n === 1 ? [10] : first([11, 9, 8], n)),
  },
  {
    name: "together",
    title: "batch, groups, bias, stride, dilation and padding at once",
    clause: "CORR-9",
    batch: 2,
    channels: [4, 6],
    bias: true,
    attributes: (n) => ({
      groups: 2,
      stride: first([2, 1, 3], n),
      dilation: first([1, 2, 2], n),
      padding: pairs(asymmetric, n),
    }),
    X: (n) => (n === 3 ? [5, 6, 11] : inputs[n - 1]),
  },
  {
    name: "three-by-three",
    title: "the square kernel that fast paths are written for, as many output as input channels",
    clause: "CORR-3",
    channels: [3, 3],
    X: () => [7, 8],
    R: () => [3, 3],
    axes: [2],
  },
  {
    name: "three-by-three-dilated",
    title: "the square kernel that fast paths are written for, dilated",
    clause: "CORR-6",
    attributes: () => ({ dilation: [2, 3] }),
    X: () => [7, 9],
    R: () => [3, 3],
    axes: [2],
  },
  {
    name: "kernel-longer",
    title: "a kernel longer than its input, at every overlap",
    clause: "SHAPE-4",
    channels: [1, 1],
    attributes: () => ({ padding: "full" }),
    X: () => [3],
    R: () => [5],
    axes: [1],
  },
];

const clauseOf = (operator: KernelOperator, clause: ClauseId): ClauseId[] =>
  operator === "convolve" && clause.startsWith("CORR") ? ["CONV-5"] : [clause];

function spec(operator: KernelOperator, axes: number, variant: Variant): CaseSpec<KernelOperator> {
  const [C, O] = variant.channels ?? [3, 2];
  const attributes = variant.attributes?.(axes) ?? {};
  const R = variant.R?.(axes) ?? kernels[axes - 1];
  return {
    operator,
    name: variant.axes ? variant.name : `${variant.name}-${axes}d`,
    title: `${variant.title}, ${axes}-D`,
    clauses: clauseOf(operator, variant.clause),
    data: "exact",
    shapes: {
      V: [variant.batch ?? 1, C, ...(variant.X?.(axes) ?? inputs[axes - 1])],
      K: [O, C / (attributes.groups ?? 1), ...R],
      ...(variant.bias ? { b: [O] } : {}),
    },
    attributes,
  };
}

/** Real data: rounding errors arise, and long sums show how the products are added. */
const real = (operator: KernelOperator): CaseSpec<KernelOperator>[] =>
  (["f16", "f32", "f64"] as const).flatMap((dtype): CaseSpec<KernelOperator>[] => [
    {
      operator,
      name: `plane-${dtype}`,
      title: `real data of ${dtype}, 2-D`,
      clauses: clauseOf(operator, "CORR-9"),
      data: "real" as const,
      dtype,
      shapes: { V: [2, 3, 7, 8], K: [4, 3, 3, 2], b: [4] },
      attributes: { stride: [1, 2], padding: asymmetric.slice(0, 2) },
    },
    {
      operator,
      name: `long-sum-${dtype}`,
      title: `sums of 512 products of ${dtype}`,
      clauses: clauseOf(operator, "CORR-10"),
      data: "real" as const,
      dtype,
      shapes: { V: [1, 16, 33], K: [2, 16, 32] },
      attributes: {},
    },
  ]);

export const kernelCases: readonly CaseSpec[] = (["correlate", "convolve"] as const).flatMap((operator) => [
  ...[1, 2, 3].flatMap((axes) =>
    variants.filter((variant) => variant.axes?.includes(axes) ?? true).map((variant) => spec(operator, axes, variant)),
  ),
  ...real(operator),
]);
