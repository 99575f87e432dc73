import { channelGroups, extents, oneFormat, positivePerAxis, sameRank, spatialRank } from "../constraints.ts";
import type { Call, Operator } from "../operator.ts";
import type { Shape } from "../tensor.ts";
import { dilatedExtent } from "../window.ts";

export interface CorrelateTransposeAttributes {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** Cells taken off before and after each spatial axis: the padding of the correlation that this transposes. */
  readonly padding: readonly (readonly [number, number])[];
  /** Cells put on at the end of each spatial axis: which of the inputs that a stride makes equivalent is meant. */
  readonly outputPadding: readonly number[];
  readonly groups: number;
}

export type CorrelateTranspose = {
  inputs: "V" | "K";
  optional: "b";
  attributes: CorrelateTransposeAttributes;
  outputs: "Z";
};

type Types = Call<CorrelateTranspose>;

const axes = ({ inputs }: Types): number => inputs.V.shape.length - 2;

/** GRAD-10: X = (P − 1)·s + e − a − z + outputPadding, on each axis; R are the extents of the kernel. */
export const transposedExtents = (
  P: Shape,
  R: Shape,
  { stride, dilation, padding, outputPadding }: CorrelateTransposeAttributes,
): number[] =>
  P.map((p, axis) => {
    const [a, z] = padding[axis];
    return (p - 1) * stride[axis] + dilatedExtent(R[axis], dilation[axis]) - a - z + outputPadding[axis];
  });

const outputExtents = ({ inputs: { V, K }, attributes }: Types): number[] =>
  transposedExtents(V.shape.slice(2), K.shape.slice(2), attributes);

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

const isPair = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length === 2;

/** GRAD-10: from V [N, O, …P] and K [O, C/groups, …R] the transposed cross-correlation Z [N, C, …X]. */
export const correlateTranspose: Operator<CorrelateTranspose> = {
  name: "correlate-transpose",
  clauses: ["GRAD-10", "GRAD-12"],
  inputs: ["V", "K", "b"],
  optional: ["b"],
  outputs: ["Z"],
  complete: ({ V }, attributes) => {
    const each = <T>(value: T): T[] => V.shape.slice(2).map(() => value);
    return {
      stride: each(1),
      dilation: each(1),
      padding: each([0, 0] as const),
      outputPadding: each(0),
      groups: 1,
      ...attributes,
    };
  },
  constraints: [
    oneFormat<CorrelateTranspose>("GRAD-10.C1", ["V", "K"]),
    spatialRank<CorrelateTranspose>("GRAD-10.C2", "V", 2),
    sameRank<CorrelateTranspose>("GRAD-10.C3", "K", "V"),
    extents<CorrelateTranspose>("GRAD-10.C4", ["V"]),
    ...channelGroups<CorrelateTranspose>(["GRAD-10.C5", "GRAD-10.C6"], ({ inputs: { K } }) => ({
      "output channels of K": K.shape[0],
    })),
    {
      id: "GRAD-10.C7",
      statement: "V has as many channels as K has on its first axis",
      violation: ({ inputs: { V, K } }) =>
        V.shape[1] === K.shape[0]
          ? undefined
          : `V must have ${K.shape[0]} channels, as many as the first axis of K, got ${V.shape[1]}`,
    },
    {
      id: "GRAD-10.C8",
      statement: "b, where given, has one element for each channel of the result",
      violation: ({ inputs: { K, b }, attributes: { groups } }) =>
        b === undefined || (b.shape.length === 1 && b.shape[0] === K.shape[1] * groups)
          ? undefined
          : `b must have shape [${K.shape[1] * groups}], one element for each channel of the result, got [${b.shape}]`,
    },
    positivePerAxis<CorrelateTranspose>("GRAD-10.C9", "stride", axes),
    positivePerAxis<CorrelateTranspose>("GRAD-10.C10", "dilation", axes),
    {
      id: "GRAD-10.C11",
      statement: "padding is two integers ≥ 0 for each spatial axis",
      violation: (call) => {
        const padding: unknown = call.attributes.padding;
        return Array.isArray(padding) &&
          padding.length === axes(call) &&
          padding.every((pair: unknown) => isPair(pair) && pair.every(isCount))
          ? undefined
          : `padding must be ${axes(call)} pairs of integers ≥ 0, got ${JSON.stringify(padding)}`;
      },
    },
    {
      id: "GRAD-10.C12",
      statement: "outputPadding is one integer ≥ 0 for each spatial axis, less than the stride there",
      violation: (call) => {
        const { outputPadding, stride } = call.attributes;
        return Array.isArray(outputPadding) &&
          outputPadding.length === axes(call) &&
          outputPadding.every((cells: unknown, axis) => isCount(cells) && (cells as number) < stride[axis])
          ? undefined
          : `outputPadding must be one integer ≥ 0 and less than the stride for each of ${axes(call)} spatial axes ` +
              `(stride [${stride}]), got ${JSON.stringify(outputPadding)}`;
      },
    },
    {
      id: "GRAD-10.C13",
      statement: "the padding leaves at least one cell on every axis of the result",
      violation: (call) => {
        const axis = outputExtents(call).findIndex((extent) => extent < 1);
        return axis < 0
          ? undefined
          : `padding [${call.attributes.padding[axis]}] leaves ${outputExtents(call)[axis]} cells on axis ${axis}, at least 1 is needed`;
      },
    },
  ],
  shapes: (call) => {
    const { V, K } = call.inputs;
    return { Z: [V.shape[0], K.shape[1] * call.attributes.groups, ...outputExtents(call)] };
  },
};
