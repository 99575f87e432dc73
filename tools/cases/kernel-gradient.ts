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

/** The forward cases whose gradient would show nothing of its own, or be mostly zeros. */
const left: Readonly<Record<"kernel" | "input", readonly string[]>> = {
  kernel: ["bias", "kernel-longer"],
  input: ["bias", "stride-beyond-kernel"],
};

const clause: Readonly<Record<GradientOperator, ClauseId>> = {
  "correlate-kernel-gradient": "GRAD-3",
  "correlate-input-gradient": "GRAD-6",
  "convolve-kernel-gradient": "GRAD-7",
  "convolve-input-gradient": "GRAD-8",
};

/** The gradient cases of a forward case: the same geometry, with a gradient from above of the shape of its output. */
function gradientOf(of: "kernel" | "input", forward: CaseSpec): CaseSpec[] {
  const { V, K } = forward.shapes as { readonly V: Shape; readonly K: Shape };
  if (left[of].some((name) => new RegExp(`^${name}(-\\dd)?$`).test(forward.name))) return [];
  const signature = operatorNamed(forward.operator);
  const inputs = { V: { dtype: "f32", shape: V } as TensorType, K: { dtype: "f32", shape: K } as TensorType };
  const attributes = signature.complete(inputs, forward.attributes) as CorrelateAttributes;
  const { Z: G } = signature.shapes({ inputs, attributes }) as { Z: Shape };
  const operator = `${forward.operator as Forward}-${of}-gradient` as const;
  return [
    {
      ...forward,
      operator,
      clauses: [clause[operator], ...forward.clauses.filter((id) => id.startsWith("SHAPE"))],
      shapes: of === "kernel" ? { G, V } : { G, K },
      attributes: {
        ...(forward.attributes as Partial<CorrelateAttributes>),
        ...(of === "kernel" ? { kernel: K.slice(2) } : { input: V.slice(2) }),
      },
    },
  ];
}

const forwards = kernelCases.filter(({ name }) => !name.startsWith("long-sum"));

/** Cells behind the last window, which no output depends on: one window fewer would fit, and one more would not. */
const tails = (["correlate", "convolve"] as const).flatMap((forward): CaseSpec[] =>
  [1, 2, 3].map((axes) => ({
    operator: `${forward}-input-gradient`,
    name: `tail-${axes}d`,
    title: `the cells behind the last window get zero, ${axes}-D`,
    clauses: [clause[`${forward}-input-gradient`], "GRAD-12"],
    data: "exact",
    shapes: { G: [1, 2, ...[2, 3, 2].slice(0, axes)], K: [2, 3, ...[3, 4, 4].slice(0, axes)] },
    attributes: { stride: [2, 3, 2].slice(0, axes), input: [6, 12, 7].slice(0, axes) },
  })),
);

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
  ...tails,
  ...bias,
];
