import type { CorrelateTransposeAttributes, Shape } from "../../spec/index.ts";
import type { CaseSpec } from "./case.ts";

/** Extents that differ pairwise, for one, two and three spatial axes. */
const inputs: readonly Shape[] = [[5], [3, 4], [2, 3, 4]];
const kernels: readonly Shape[] = [[4], [2, 3], [2, 3, 4]];

interface Variant {
  readonly name: string;
  readonly title: string;
  readonly attributes?: Partial<CorrelateTransposeAttributes>;
  readonly batch?: number;
  readonly channels?: readonly [O: number, C: number];
  readonly bias?: boolean;
  readonly R?: Shape;
}

const variants: readonly Variant[] = [
  { name: "channels", title: "several input and output channels" },
  {
    name: "stride",
    title: "a stride of its own for each axis",
    attributes: { stride: [2, 3, 2] },
    R: [3, 4, 3],
  },
  {
    name: "padding",
    title: "padding of its own for each side takes cells off",
    attributes: {
      padding: [
        [1, 0],
        [0, 2],
        [2, 1],
      ],
    },
    R: [4, 3, 5],
  },
  {
    name: "output-padding",
    title: "one of the results that a stride makes equivalent, for each axis",
    attributes: { stride: [2, 3, 2], outputPadding: [1, 2, 1] },
    R: [3, 4, 3],
  },
  {
    name: "output-padding-gives-back",
    title: "outputPadding gives back cells that padding took off",
    attributes: {
      stride: [2, 3, 2],
      padding: [
        [1, 1],
        [0, 2],
        [1, 2],
      ],
      outputPadding: [1, 1, 1],
    },
    R: [3, 4, 3],
  },
  { name: "dilation", title: "a dilation of its own for each axis", attributes: { dilation: [2, 3, 1] } },
  { name: "groups", title: "two groups of channels", channels: [4, 6], attributes: { groups: 2 } },
  { name: "depthwise", title: "as many groups as channels", channels: [3, 3], attributes: { groups: 3 } },
  { name: "bias", title: "one bias for each channel of the result", bias: true },
  { name: "batch", title: "several samples", batch: 3 },
  {
    name: "together",
    title: "batch, groups, bias, stride, dilation, padding and outputPadding at once",
    batch: 2,
    channels: [4, 6],
    bias: true,
    attributes: {
      groups: 2,
      stride: [2, 1, 3],
      dilation: [1, 2, 2],
      padding: [
        [0, 1],
        [1, 0],
        [2, 1],
      ],
      outputPadding: [1, 0, 2],
    },
    R: [3, 4, 2],
  },
];

/** The attributes of a variant for so many axes: each list cut to its first entries. */
const cut = (attributes: Partial<CorrelateTransposeAttributes>, axes: number): Partial<CorrelateTransposeAttributes> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, axes) : value]),
  );

const spec = (axes: number, variant: Variant): CaseSpec<"correlate-transpose"> => {
  const [O, C] = variant.channels ?? [2, 3];
  const attributes = cut(variant.attributes ?? {}, axes);
  const R = variant.R?.slice(0, axes) ?? kernels[axes - 1];
  return {
    operator: "correlate-transpose",
    name: `${variant.name}-${axes}d`,
    title: `${variant.title}, ${axes}-D`,
    clauses: ["GRAD-10"],
    data: "exact",
    shapes: {
      V: [variant.batch ?? 1, O, ...inputs[axes - 1]],
      K: [O, C / (attributes.groups ?? 1), ...R],
      ...(variant.bias ? { b: [C] } : {}),
    },
    attributes,
  };
};

export const transposeCases: readonly CaseSpec[] = [
  ...[1, 2, 3].flatMap((axes) => variants.map((variant) => spec(axes, variant))),
  ...(["f16", "f32", "f64"] as const).map(
    (dtype): CaseSpec<"correlate-transpose"> => ({
      operator: "correlate-transpose",
      name: `plane-${dtype}`,
      title: `real data of ${dtype}, 2-D`,
      clauses: ["GRAD-10"],
      data: "real",
      dtype,
      shapes: { V: [2, 4, 5, 6], K: [4, 3, 3, 4], b: [3] },
      attributes: {
        stride: [1, 2],
        padding: [
          [1, 0],
          [0, 2],
        ],
        outputPadding: [0, 1],
      },
    }),
  ),
];
