import {
  channelGroups,
  extents,
  kernelFits,
  oneFormat,
  oneOf,
  paddingKnown,
  positivePerAxis,
  sameRank,
  spatialRank,
  strictFits,
  upstreamExtents,
} from "../constraints.ts";
import type { Call, Constraint, ConstraintId, Operator } from "../operator.ts";
import { defaultWindow } from "../window.ts";
import type { CorrelateAttributes } from "./correlate.ts";

export interface InputGradientAttributes extends CorrelateAttributes {
  /** The spatial extents X of the input: several give the same P where the stride does not fit. */
  readonly input: readonly number[];
}

export type InputGradient = { inputs: "G" | "K"; optional: never; attributes: InputGradientAttributes; outputs: "dV" };

const spatial = ({ inputs, attributes }: Call<InputGradient>) => [attributes.input, inputs.K.shape.slice(2)] as const;

const axes = ({ inputs }: Call<InputGradient>): number => inputs.K.shape.length - 2;

/** The constraints shared by the input gradients of cross-correlation and convolution. */
export const inputGradientConstraints = (
  id: (number: number) => ConstraintId,
): readonly Constraint<InputGradient>[] => [
  oneFormat<InputGradient>(id(1), ["G", "K"]),
  spatialRank<InputGradient>(id(2), "K", 2),
  sameRank<InputGradient>(id(3), "G", "K"),
  extents<InputGradient>(id(4), ["G"]),
  ...channelGroups<InputGradient>([id(5), id(6)], ({ inputs: { K } }) => ({ "output channels of K": K.shape[0] })),
  {
    id: id(7),
    statement: "G has as many channels as K has output channels",
    violation: ({ inputs: { G, K } }) =>
      G.shape[1] === K.shape[0]
        ? undefined
        : `G must have ${K.shape[0]} channels, one for each output channel of K, got ${G.shape[1]}`,
  },
  positivePerAxis<InputGradient>(id(8), "input", axes),
  positivePerAxis<InputGradient>(id(9), "stride", axes),
  positivePerAxis<InputGradient>(id(10), "dilation", axes),
  paddingKnown<InputGradient>(id(11), spatial),
  kernelFits<InputGradient>(id(12), spatial),
  oneOf<InputGradient>(id(13), "rounding", ["floor", "ceil", "strict"]),
  strictFits<InputGradient>(id(14), spatial),
  upstreamExtents<InputGradient>(id(15), "G", spatial),
];

/** GRAD-6, h(K, G, s): from G [N, O, …P] and K [O, C/groups, …R] the gradient dV [N, C, …X] of cross-correlation's input. */
export const correlateInputGradient: Operator<InputGradient> = {
  name: "correlate-input-gradient",
  clauses: ["GRAD-6", "GRAD-4", "GRAD-5", "GRAD-11", "GRAD-12"],
  inputs: ["G", "K"],
  optional: [],
  outputs: ["dV"],
  complete: ({ G, K }, attributes) => ({
    ...defaultWindow(K.shape.length - 2),
    groups: 1,
    input: K.shape.slice(2).map((r, axis) => G.shape[axis + 2] + r - 1),
    ...attributes,
  }),
  constraints: inputGradientConstraints((number) => `GRAD-6.C${number}`),
  shapes: ({ inputs: { G, K }, attributes: { groups, input } }) => ({
    dV: [G.shape[0], K.shape[1] * groups, ...input],
  }),
};
