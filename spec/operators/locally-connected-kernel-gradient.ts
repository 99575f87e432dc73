import { extents, oneFormat, positivePerAxis, sameRank, spatialRank, upstreamExtents } from "../constraints.ts";
import type { Call, Operator } from "../operator.ts";
import { sameSamples, slidingConstraints } from "../unshared.ts";
import { defaultWindow, type WindowAttributes } from "../window.ts";

export interface KernelExtents {
  /** The spatial extents R of the kernel: several may give the same P where the stride does not fit. */
  readonly kernel: readonly number[];
}

export type LocallyConnectedKernelGradientAttributes = WindowAttributes & KernelExtents;

export type LocallyConnectedKernelGradient = {
  inputs: "G" | "V";
  optional: never;
  attributes: LocallyConnectedKernelGradientAttributes;
  outputs: "dW";
};

const spatial = ({ inputs: { V }, attributes: { kernel } }: Call<LocallyConnectedKernelGradient>) =>
  [V.shape.slice(2), kernel] as const;

/** GRAD-41: from G [N, O, …P] and V [N, C, …X] the gradient dW [O, …P, C, …R] of unshared kernels. */
export const locallyConnectedKernelGradient: Operator<LocallyConnectedKernelGradient> = {
  name: "locally-connected-kernel-gradient",
  clauses: ["GRAD-41"],
  inputs: ["G", "V"],
  optional: [],
  outputs: ["dW"],
  complete: ({ G, V }, attributes) => ({
    ...defaultWindow(V.shape.length - 2),
    kernel: V.shape.slice(2).map((n, axis) => n - G.shape[axis + 2] + 1),
    ...attributes,
  }),
  constraints: [
    oneFormat<LocallyConnectedKernelGradient>("GRAD-41.C1", ["G", "V"]),
    spatialRank<LocallyConnectedKernelGradient>("GRAD-41.C2", "V", 2),
    sameRank<LocallyConnectedKernelGradient>("GRAD-41.C3", "G", "V"),
    extents<LocallyConnectedKernelGradient>("GRAD-41.C4", ["G", "V"]),
    sameSamples<LocallyConnectedKernelGradient>("GRAD-41.C5", "G", "V"),
    positivePerAxis<LocallyConnectedKernelGradient>("GRAD-41.C6", "kernel", ({ inputs: { V } }) => V.shape.length - 2),
    ...slidingConstraints<LocallyConnectedKernelGradient>((number) => `GRAD-41.C${number}`, 7, spatial),
    upstreamExtents<LocallyConnectedKernelGradient>("GRAD-41.C13", "G", spatial),
  ],
  shapes: ({ inputs: { G, V }, attributes: { kernel } }) => ({
    dW: [G.shape[1], ...G.shape.slice(2), V.shape[1], ...kernel],
  }),
};
