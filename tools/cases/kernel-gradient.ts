import {
  type ClauseId,
  type CorrelateAttributes,
  operatorNamed,
  type Shape,
  type TensorType,
} from "../../spec/index.ts";
import type { CaseSpec } from "./case.ts";
import { kernelCases } from "./kernel.ts";

type Forward = "correlate" | "convolve";
type GradientOperator = `${Forward}-${"kernel" | "input"}-gradient`;

/** The forward cases whose gradient would show nothing of its own, be mostly zeros, or take the formula too long. */
const left: Readonly<Record<"kernel" | "input", readonly string[]>> = {
  kernel: ["bias-1d", "bias-2d", "bias-3d"],
  input: [
    ...["bias-1d", "bias-2d", "bias-3d", "kernel-is-input-3d"],
    ...[
      "stride-beyond-kernel-1d",
      "stride-beyond-kernel-2d",
      "stride-beyond-kernel-3d",
      "ceil-1d",
      "ceil-2d",
      "ceil-3d",
    ],
  ],
};

/**
 * Padding behind the input shows in a gradient only by the extents of G. Where a stride leaves cells over,
 * one cell more or less would not show: these cases leave none.
 */
const exactly: Readonly<Record<string, Partial<CorrelateAttributes>>> = {
  "together-3d": {
    padding: [
      [2, 0],
      [1, 3],
      [1, 0],
    ],
  },
  "plane-f16": { rounding: "strict" },
  "plane-f32": { rounding: "strict" },
  "plane-f64": { rounding: "strict" },
};

const clause: Readonly<Record<GradientOperator, ClauseId>> = {
  "correlate-kernel-gradient": "GRAD-3",
  "correlate-input-gradient": "GRAD-6",
  "convolve-kernel-gradient": "GRAD-7",
  "convolve-input-gradient": "GRAD-8",
};

/** The gradient case of a forward case: the same geometry, with a gradient from above of the shape of its output. */
function gradientOf(of: "kernel" | "input", forward: CaseSpec): CaseSpec[] {
  const { V, K } = forward.shapes as { readonly V: Shape; readonly K: Shape };
  if (left[of].includes(forward.name)) return [];
  const signature = operatorNamed(forward.operator);
  const inputs = { V: { dtype: "f32", shape: V } as TensorType, K: { dtype: "f32", shape: K } as TensorType };
  const set: Partial<CorrelateAttributes> = {
    ...(forward.attributes as Partial<CorrelateAttributes>),
    ...exactly[forward.name],
  };
  const attributes = signature.complete(inputs, set) as CorrelateAttributes;
  const { Z: G } = signature.shapes({ inputs, attributes }) as { Z: Shape };
  const operator = `${forward.operator as Forward}-${of}-gradient` as const;
  return [
    {
      ...forward,
      operator,
      clauses: [clause[operator], ...forward.clauses.filter((id) => id.startsWith("SHAPE"))],
      shapes: of === "kernel" ? { G, V } : { G, K },
      attributes: { ...set, ...(of === "kernel" ? { kernel: K.slice(2) } : { input: V.slice(2) }) },
    },
  ];
}

const forwards = kernelCases.filter(({ name }) => !name.startsWith("long-sum"));

const borders = (["correlate", "convolve"] as const).flatMap((forward): CaseSpec[] =>
  [1, 2, 3].flatMap((axes): CaseSpec[] => {
    const operator = `${forward}-input-gradient` as const;
    const first = (values: readonly number[]) => values.slice(0, axes);
    return [
      {
        operator,
        name: `tail-${axes}d`,
        title: `the cells behind the last window get zero, ${axes}-D`,
        clauses: [clause[operator], "GRAD-12"],
        data: "exact",
        shapes: { G: [1, 2, ...first([2, 3, 2])], K: [2, 3, ...first([3, 4, 4])] },
        attributes: { stride: first([2, 3, 2]), input: first([6, 12, 7]) },
      },
      {
        operator,
        name: `ceil-${axes}d`,
        title: `the last window overhung the end, ${axes}-D`,
        clauses: [clause[operator], "SHAPE-2"],
        data: "exact",
        shapes: { G: [1, 2, ...first([3, 2, 3])], K: [2, 3, ...first([4, 5, 4])] },
        attributes: { stride: first([3, 4, 2]), input: first([9, 8, 7]), rounding: "ceil" },
      },
    ];
  }),
);

/** The geometry that the notes draw: an input of 4 × 4, a kernel of 2 × 2, and δ of 3 × 3. */
const drawnInNotes: readonly CaseSpec[] = [
  {
    operator: "correlate-kernel-gradient",
    name: "patches-of-delta",
    title: "each weight's patch of a 4×4 input, with δ of 3×3",
    clauses: ["GRAD-1", "GRAD-2", "GRAD-11"],
    data: "exact",
    shapes: { G: [1, 1, 3, 3], V: [1, 1, 4, 4] },
    attributes: {},
  },
  {
    operator: "correlate-input-gradient",
    name: "delta-carried-back",
    title: "δ of 3×3 carried back through a kernel of 2×2",
    clauses: ["GRAD-4", "GRAD-5", "GRAD-11"],
    data: "exact",
    shapes: { G: [1, 1, 3, 3], K: [1, 1, 2, 2] },
    attributes: {},
  },
];

const bias: readonly CaseSpec[] = [
  ...[[5], [3, 4], [2, 3, 4]].map(
    (P): CaseSpec<"bias-gradient"> => ({
      operator: "bias-gradient",
      name: `batch-${P.length}d`,
      title: `the sum over samples and positions, ${P.length}-D`,
      clauses: ["GRAD-9"],
      data: "exact",
      shapes: { G: [2, 3, ...P] },
      attributes: {},
    }),
  ),
  ...(["f16", "f32", "f64"] as const).map(
    (dtype): CaseSpec<"bias-gradient"> => ({
      operator: "bias-gradient",
      name: `long-sum-${dtype}`,
      title: `sums of 480 elements of ${dtype}`,
      clauses: ["GRAD-9"],
      data: "real",
      dtype,
      shapes: { G: [3, 2, 16, 10] },
      attributes: {},
    }),
  ),
];

export const kernelGradientCases: readonly CaseSpec[] = [
  ...(["kernel", "input"] as const).flatMap((of) => forwards.flatMap((forward) => gradientOf(of, forward))),
  ...borders,
  ...drawnInNotes,
  ...bias,
];
