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

export interface KernelGradientAttributes extends CorrelateAttributes {
  /** The spatial extents R of the kernel: several may give the same P where the stride does not fit. */
  readonly kernel: readonly number[];
}

export type KernelGradient = {
  inputs: "G" | "V";
  optional: never;
  attributes: KernelGradientAttributes;
  outputs: "dK";
};

const spatial = ({ inputs, attributes }: Call<KernelGradient>) => [inputs.V.shape.slice(2), attributes.kernel] as const;

const axes = ({ inputs }: Call<KernelGradient>): number => inputs.V.shape.length - 2;

/** The constraints shared by the kernel gradients of cross-correlation and convolution. */
export const kernelGradientConstraints = (
  id: (number: number) => ConstraintId,
): readonly Constraint<KernelGradient>[] => [
  oneFormat<KernelGradient>(id(1), ["G", "V"]),
  spatialRank<KernelGradient>(id(2), "V", 2),
  sameRank<KernelGradient>(id(3), "G", "V"),
  extents<KernelGradient>(id(4), ["G", "V"]),
  {
    id: id(5),
    statement: "G and V hold the same number of samples",
    violation: ({ inputs: { G, V } }) =>
      G.shape[0] === V.shape[0] ? undefined : `G must hold ${V.shape[0]} samples as V does, got ${G.shape[0]}`,
  },
  ...channelGroups<KernelGradient>([id(6), id(7), id(8)], ({ inputs: { G, V } }) => ({
    "output channels of G": G.shape[1],
    "input channels of V": V.shape[1],
  })),
  positivePerAxis<KernelGradient>(id(9), "stride", axes),
  positivePerAxis<KernelGradient>(id(10), "dilation", axes),
  positivePerAxis<KernelGradient>(id(11), "kernel", axes),
  paddingKnown<KernelGradient>(id(12), spatial),
  kernelFits<KernelGradient>(id(13), spatial),
  oneOf<KernelGradient>(id(14), "rounding", ["floor", "ceil", "strict"]),
  strictFits<KernelGradient>(id(15), spatial),
  upstreamExtents<KernelGradient>(id(16), "G", spatial),
];

/** GRAD-3, g(G, V, s): from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C/groups, …R] of cross-correlation's kernel. */
export const correlateKernelGradient: Operator<KernelGradient> = {
  name: "correlate-kernel-gradient",
  clauses: ["GRAD-3", "GRAD-1", "GRAD-2", "GRAD-11", "GRAD-12"],
  inputs: ["G", "V"],
  optional: [],
  outputs: ["dK"],
  complete: ({ G, V }, attributes) => ({
    ...defaultWindow(V.shape.length - 2),
    groups: 1,
    kernel: V.shape.slice(2).map((n, axis) => n - G.shape[axis + 2] + 1),
    ...attributes,
  }),
  constraints: kernelGradientConstraints((number) => `GRAD-3.C${number}`),
  shapes: ({ inputs: { G, V }, attributes: { groups, kernel } }) => ({
    dK: [G.shape[1], V.shape[1] / groups, ...kernel],
  }),
};
