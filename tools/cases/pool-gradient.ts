import {
  type AveragePoolAttributes,
  type ClauseId,
  type OperatorName,
  pooledShape,
  type Shape,
} from "../../spec/index.ts";
import type { CaseSpec } from "./case.ts";
import { uneven } from "./pool.ts";

type PoolGradient =
  | "max-pool-gradient"
  | "average-pool-gradient"
  | "sum-pool-gradient"
  | "l2-pool-gradient"
  | "weighted-pool-gradient";

const own: Record<PoolGradient, ClauseId> = {
  "max-pool-gradient": "GRAD-20",
  "average-pool-gradient": "GRAD-21",
  "sum-pool-gradient": "GRAD-22",
  "l2-pool-gradient": "GRAD-23",
  "weighted-pool-gradient": "GRAD-24",
};

const operators = Object.keys(own) as readonly PoolGradient[];

interface Variant {
  readonly name: string;
  readonly title: string;
  readonly clause?: ClauseId;
  readonly only?: PoolGradient;
  /** The spatial extents of the input, for one, two and three axes as far as they are there. */
  readonly X?: readonly Shape[];
  readonly attributes: readonly Partial<AveragePoolAttributes>[];
}

/** Extents that differ pairwise. */
const inputs: readonly Shape[] = [[11], [7, 9], [4, 5, 6]];

/** Powers of two, so that an average divides exactly. */
const windows: readonly Shape[] = [[4], [2, 4], [2, 2, 4]];

const variants: readonly Variant[] = [
  { name: "window", title: "every window at unit stride", attributes: [{}, {}, {}] },
  {
    name: "stride",
    title: "a stride of its own for each axis",
    attributes: [{ stride: [3] }, { window: [4, 2], stride: [3, 2] }, { stride: [2, 1, 2] }],
  },
  {
    name: "gap",
    title: "what lies between windows gets nothing",
    attributes: [{ stride: [5] }],
  },
  {
    name: "dilation",
    title: "a dilated window",
    attributes: [{ dilation: [2] }, { dilation: [3, 2] }, { dilation: [2, 3, 1] }],
  },
  {
    name: "padding",
    title: "padding of its own for each side",
    attributes: [
      { padding: [[2, 1]] },
      {
        padding: [
          [1, 0],
          [1, 3],
        ],
      },
      {
        padding: [
          [0, 1],
          [1, 0],
          [1, 3],
        ],
      },
    ],
  },
  { name: "same", title: "same padding", clause: "SHAPE-3", attributes: [{ padding: "same" }, { padding: "same" }] },
  {
    name: "same-lower",
    title: "same padding, the odd cell before the input",
    clause: "SHAPE-3",
    attributes: [{ padding: "same-lower" }, { padding: "same-lower" }],
  },
  {
    name: "ragged",
    title: "the last window is smaller and is kept",
    clause: "POOL-1",
    X: [[10], [11, 9]],
    attributes: [
      { stride: [4], rounding: "ceil" },
      { window: [4, 2], stride: [4, 2], rounding: "ceil" },
    ],
  },
  {
    name: "dropped",
    title: "the last window does not fit and is dropped",
    clause: "SHAPE-2",
    X: [[10], [11, 9]],
    attributes: [{ stride: [4] }, { window: [4, 2], stride: [4, 2] }],
  },
  {
    name: "padded-divisor",
    title: "padding counts in the divisor",
    only: "average-pool-gradient",
    attributes: [
      { padding: "same", divisor: "padded" },
      { padding: "same", divisor: "padded" },
    ],
  },
  {
    name: "padded-divisor-ragged",
    title: "padding counts in the divisor, overhang does not",
    only: "average-pool-gradient",
    X: [[7], [7, 8]],
    attributes: [
      { stride: [3], padding: [[1, 1]], rounding: "ceil", divisor: "padded" },
      {
        window: [4, 4],
        stride: [3, 4],
        padding: [
          [1, 1],
          [2, 0],
        ],
        rounding: "ceil",
        divisor: "padded",
      },
    ],
  },
];

const takesV = (operator: PoolGradient): boolean => ["max-pool-gradient", "l2-pool-gradient"].includes(operator);

const isReal = (operator: PoolGradient, variant: string): boolean =>
  ["l2-pool-gradient", "weighted-pool-gradient"].includes(operator) ||
  (operator === "average-pool-gradient" && uneven.includes(variant));

const defaults = (axes: number) => ({
  stride: Array<number>(axes).fill(1),
  dilation: Array<number>(axes).fill(1),
  padding: "valid" as const,
  rounding: "floor" as const,
});

/** The case of a gradient whose forward call has this input and these attributes. */
function gradientCase(
  operator: PoolGradient,
  V: Shape,
  attributes: Partial<AveragePoolAttributes>,
): Pick<CaseSpec<PoolGradient>, "operator" | "shapes" | "attributes"> {
  const axes = V.length - 2;
  const window = attributes.window ?? windows[axes - 1];
  const G = pooledShape(V, { ...defaults(axes), ...attributes, window });
  return {
    operator,
    shapes: takesV(operator) ? { V, G } : { G },
    attributes: { ...attributes, window, ...(takesV(operator) ? {} : { input: V.slice(2) }) },
  };
}

const spec = (operator: PoolGradient, axes: number, variant: Variant) => ({
  name: `${variant.name}-${axes}d`,
  title: `${variant.title}, ${axes}-D`,
  clauses: [...new Set([own[operator], ...(variant.clause ? [variant.clause] : [])])],
  ...(isReal(operator, variant.name) ? { data: "real" as const, dtype: "f32" as const } : { data: "exact" as const }),
  ...gradientCase(
    operator,
    [...(axes === 1 ? [2, 3] : [1, 2]), ...(variant.X ?? inputs)[axes - 1]],
    variant.attributes[axes - 1],
  ),
});

/** Without a change of place a gradient is the error itself; a stride puts it where the window stood. */
const oneCell = (operator: PoolGradient) => ({
  name: "one-cell-strided",
  title: "a window of one cell with a stride gives the error to every s-th element and nothing to the others",
  clauses: [own[operator], "POOL-1" as const],
  ...(isReal(operator, "one-cell-strided")
    ? { data: "real" as const, dtype: "f32" as const }
    : { data: "exact" as const }),
  ...gradientCase(operator, [2, 3, 3, 3], { window: [1, 1], stride: [2, 1] }),
});

const real = (operator: PoolGradient) =>
  (["f16", "f32", "f64"] as const).map((dtype) => ({
    name: `plane-${dtype}`,
    title: `real data of ${dtype}, windows of 3 × 4`,
    clauses: [own[operator]],
    data: "real" as const,
    dtype,
    ...gradientCase(operator, [1, 2, 8, 8], {
      window: [3, 4],
      stride: [2, 3],
      padding: "same",
    }),
  }));

/** The cases of the gradients of pooling windows. */
export const poolGradientCases: readonly CaseSpec<OperatorName>[] = operators.flatMap((operator) => [
  oneCell(operator),
  ...variants
    .filter(({ only }) => only === undefined || only === operator)
    .flatMap((variant) => variant.attributes.map((_, at) => spec(operator, at + 1, variant))),
  ...real(operator),
]);
