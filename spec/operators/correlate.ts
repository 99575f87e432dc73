import {
  extents,
  kernelFits,
  oneFormat,
  oneOf,
  paddingKnown,
  positivePerAxis,
  spatialRank,
  strictFits,
} from "../constraints.ts";
import type { Constraint, ConstraintId, Operator } from "../operator.ts";
import { defaultWindow, resolveWindow, type WindowAttributes } from "../window.ts";

export interface CorrelateAttributes extends WindowAttributes {
  /** CORR-7: channels are split into this many groups that do not mix. */
  readonly groups: number;
}

export type Correlate = { inputs: "V" | "K"; optional: "b"; attributes: CorrelateAttributes; outputs: "Z" };

/** The constraint ids of a kernel that slides over channels, by what each one guards. */
export interface KernelConstraintIds {
  readonly format: ConstraintId;
  readonly rank: ConstraintId;
  readonly kernelRank: ConstraintId;
  readonly extents: ConstraintId;
  readonly stride: ConstraintId;
  readonly dilation: ConstraintId;
  readonly padding: ConstraintId;
  readonly fits: ConstraintId;
  readonly rounding: ConstraintId;
  readonly strict: ConstraintId;
  readonly groups: ConstraintId;
  readonly groupsDivide: ConstraintId;
  readonly channels: ConstraintId;
  readonly bias: ConstraintId;
}

/** The constraints shared by cross-correlation and convolution, which index the same tensors. */
export const kernelConstraints = (id: KernelConstraintIds): readonly Constraint<Correlate>[] => [
  oneFormat<Correlate>(id.format, ["V", "K"]),
  spatialRank<Correlate>(id.rank, "V", 2),
  {
    id: id.kernelRank,
    statement: "K has the rank of V",
    violation: ({ inputs: { V, K } }) =>
      K.shape.length === V.shape.length
        ? undefined
        : `K must have the rank of V, ${V.shape.length}, got shape [${K.shape}]`,
  },
  extents<Correlate>(id.extents, ["V"]),
  {
    id: id.groups,
    statement: "groups is an integer ≥ 1",
    violation: ({ attributes: { groups } }) =>
      Number.isInteger(groups) && groups >= 1 ? undefined : `groups must be a positive integer, got ${groups}`,
  },
  {
    id: id.groupsDivide,
    statement: "groups divides the number of output channels",
    violation: ({ inputs: { K }, attributes: { groups } }) =>
      K.shape[0] % groups === 0 ? undefined : `groups must divide the ${K.shape[0]} output channels, got ${groups}`,
  },
  {
    id: id.channels,
    statement: "V has as many channels as K has in all its groups",
    violation: ({ inputs: { V, K }, attributes: { groups } }) =>
      V.shape[1] === groups * K.shape[1]
        ? undefined
        : `V must have ${groups} × ${K.shape[1]} channels (groups × channels of K), got ${V.shape[1]}`,
  },
  {
    id: id.bias,
    statement: "b, where given, has one element for each output channel",
    violation: ({ inputs: { K, b } }) =>
      b === undefined || (b.shape.length === 1 && b.shape[0] === K.shape[0])
        ? undefined
        : `b must have shape [${K.shape[0]}], one element for each output channel, got [${b.shape}]`,
  },
  positivePerAxis<Correlate>(id.stride, "stride", ({ inputs: { V } }) => V.shape.length - 2),
  positivePerAxis<Correlate>(id.dilation, "dilation", ({ inputs: { V } }) => V.shape.length - 2),
  paddingKnown<Correlate>(id.padding, spatial),
  kernelFits<Correlate>(id.fits, spatial),
  oneOf<Correlate>(id.rounding, "rounding", ["floor", "ceil", "strict"]),
  strictFits<Correlate>(id.strict, spatial),
];

function spatial({ inputs: { V, K } }: Parameters<Operator<Correlate>["shapes"]>[0]) {
  return [V.shape.slice(2), K.shape.slice(2)] as const;
}

/** CORR-3…9: cross-correlation of a batch V [N, C, …X] with a kernel K [O, C/groups, …R], giving Z [N, O, …P]. */
export const correlate: Operator<Correlate> = {
  name: "correlate",
  clauses: ["CORR-9", "CORR-3", "CORR-4", "CORR-5", "CORR-6", "CORR-7", "CORR-8", "CORR-10"],
  inputs: ["V", "K", "b"],
  optional: ["b"],
  outputs: ["Z"],
  complete: ({ V }, attributes) => ({ ...defaultWindow(V.shape.length - 2), groups: 1, ...attributes }),
  constraints: kernelConstraints({
    format: "CORR-3.C1",
    rank: "CORR-3.C2",
    kernelRank: "CORR-3.C3",
    extents: "CORR-3.C4",
    channels: "CORR-3.C5",
    stride: "CORR-4.C1",
    rounding: "CORR-4.C2",
    strict: "CORR-4.C3",
    padding: "CORR-5.C1",
    fits: "CORR-5.C2",
    dilation: "CORR-6.C1",
    groups: "CORR-7.C1",
    groupsDivide: "CORR-7.C2",
    bias: "CORR-8.C1",
  }),
  shapes: (call) => {
    const [X, R] = spatial(call);
    return { Z: [call.inputs.V.shape[0], call.inputs.K.shape[0], ...resolveWindow(X, R, call.attributes).extents] };
  },
};
