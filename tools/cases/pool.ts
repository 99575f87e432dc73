import type { AveragePoolAttributes, ClauseId, Shape } from "../../spec/index.ts";
import type { CaseSpec } from "./case.ts";

type PoolOperator = "max-pool" | "average-pool" | "sum-pool" | "l2-pool" | "weighted-pool" | "max-pool-winners";

const operators = [
  "max-pool",
  "average-pool",
  "sum-pool",
  "l2-pool",
  "weighted-pool",
  "max-pool-winners",
] as const satisfies readonly PoolOperator[];

const inputs: readonly Shape[] = [[11], [7, 9], [5, 6, 7]];
/** Powers of two, so that an average divides exactly. */
const windows: readonly Shape[] = [[4], [2, 4], [2, 2, 4]];

const first = (values: readonly number[], axes: number): number[] => values.slice(0, axes);

interface Variant {
  readonly name: string;
  readonly title: string;
  readonly clause?: ClauseId;
  readonly only?: PoolOperator;
  readonly attributes: (axes: number) => Partial<AveragePoolAttributes>;
  readonly X?: (axes: number) => Shape;
}

const asymmetric = [
  [0, 1],
  [1, 0],
  [1, 3],
] as const;

const variants: readonly Variant[] = [
  { name: "window", title: "every window at unit stride", attributes: () => ({}) },
  { name: "stride", title: "a stride of its own for each axis", attributes: (n) => ({ stride: first([3, 2, 2], n) }) },
  {
    name: "gap",
    title: "a stride longer than the window leaves gaps",
    attributes: (n) => ({ stride: first([5, 5, 6], n) }),
    X: (n) => (n === 3 ? [8, 9, 12] : inputs[n - 1]),
  },
  {
    name: "dilation",
    title: "a dilated window",
    attributes: (n) => ({ dilation: n === 2 ? [3, 2] : first([2, 3, 2], n) }),
  },
  {
    name: "padding",
    title: "padding of its own for each side",
    attributes: (n) => ({ padding: asymmetric.slice(-n) }),
  },
  { name: "same", title: "same padding", clause: "SHAPE-3", attributes: () => ({ padding: "same" }) },
  {
    name: "same-lower",
    title: "same padding, the odd cell before the input",
    clause: "SHAPE-3",
    attributes: () => ({ padding: "same-lower" }),
  },
  {
    name: "ragged",
    title: "the last window is smaller and is kept",
    clause: "POOL-1",
    attributes: (n) => ({ stride: first([4, 3, 3], n), rounding: "ceil" }),
    X: (n) => first([10, 9, 8], n),
  },
  {
    name: "dropped",
    title: "the last window does not fit and is dropped",
    clause: "SHAPE-2",
    attributes: (n) => ({ stride: first([4, 3, 3], n), rounding: "floor" }),
    X: (n) => first([10, 9, 8], n),
  },
  {
    name: "padded-divisor",
    title: "padding counts in the divisor",
    only: "average-pool",
    attributes: () => ({ padding: "same", divisor: "padded" }),
  },
  {
    name: "padded-divisor-ragged",
    title: "padding counts in the divisor, overhang does not",
    only: "average-pool",
    attributes: (n) => ({
      window: first([4, 4, 2], n),
      stride: first([3, 4, 3], n),
      padding: (
        [
          [1, 1],
          [2, 0],
          [1, 0],
        ] as const
      ).slice(0, n),
      rounding: "ceil",
      divisor: "padded",
    }),
    X: (n) => first([7, 8, 9], n),
  },
];

const own: Record<PoolOperator, ClauseId> = {
  "max-pool": "POOL-2",
  "average-pool": "POOL-3",
  "sum-pool": "POOL-4",
  "l2-pool": "POOL-5",
  "weighted-pool": "POOL-6",
  "max-pool-winners": "POOL-11",
};

/** Where windows at the border hold other than a power of two elements, their averages are rounded. */
export const uneven = ["padding", "same", "same-lower", "ragged", "padded-divisor-ragged"];

/** Roots and weights are rounded wherever they come up. */
const isReal = (operator: PoolOperator, variant: string): boolean =>
  operator === "l2-pool" || operator === "weighted-pool" || (operator === "average-pool" && uneven.includes(variant));

/** Volumes have fewer channels where the formula looks at a window twice. */
const leading = (operator: PoolOperator, axes: number): Shape =>
  axes === 3 && ["max-pool-winners", "l2-pool", "weighted-pool"].includes(operator) ? [1, 2] : [2, 3];

const spec = (
  operator: PoolOperator,
  axes: number,
  { name, title, clause, attributes, X }: Variant,
): CaseSpec<PoolOperator> => ({
  operator,
  name: `${name}-${axes}d`,
  title: `${title}, ${axes}-D`,
  clauses: [...new Set([own[operator], ...(clause ? [clause] : [])])],
  ...(isReal(operator, name) ? { data: "real" as const, dtype: "f32" as const } : { data: "exact" as const }),
  shapes: { V: [...leading(operator, axes), ...(X?.(axes) ?? inputs[axes - 1])] },
  attributes: { window: windows[axes - 1], ...attributes(axes) },
});

const real: CaseSpec<PoolOperator>[] = operators.flatMap((operator) =>
  (["f16", "f32", "f64"] as const).map((dtype) => ({
    operator,
    name: `plane-${dtype}`,
    title: `real data of ${dtype}, windows of 3 × 5`,
    clauses: [own[operator]],
    data: "real" as const,
    dtype,
    shapes: { V: [2, 3, 8, 11] },
    attributes: {
      window: [3, 5],
      stride: [2, 3],
      padding: [
        [1, 2],
        [0, 3],
      ] as const,
    },
  })),
);

/** A window of one cell only moves, and is easily taken for a window that does nothing. */
const oneCell: CaseSpec<PoolOperator>[] = operators.map((operator) => ({
  operator,
  name: "one-cell-strided",
  title: "a window of one cell with a stride takes every s-th element",
  clauses: [own[operator], "POOL-1" as const],
  ...(isReal(operator, "one-cell-strided")
    ? { data: "real" as const, dtype: "f32" as const }
    : { data: "exact" as const }),
  shapes: { V: [2, 3, 5, 7] },
  attributes: { window: [1, 1], stride: [2, 3] },
}));

export const poolCases: readonly CaseSpec[] = [
  ...oneCell,
  ...operators.flatMap((operator) =>
    [1, 2, 3].flatMap((axes) =>
      variants
        .filter(({ only }) => only === undefined || only === operator)
        .map((variant) => spec(operator, axes, variant)),
    ),
  ),
  ...real,
];
