import { extents, oneFormat, positivePerAxis, sameRank, spatialRank, upstreamExtents } from "../constraints.ts";
import type { Call, Operator } from "../operator.ts";
import { sameSamples, slidingConstraints } from "../unshared.ts";
import { defaultWindow, type WindowAttributes } from "../window.ts";
import type { KernelExtents } from "./locally-connected-kernel-gradient.ts";

export interface TiledKernelGradientAttributes extends WindowAttributes, KernelExtents {
  /** How many kernels take turns, t on each spatial axis. */
  readonly tiles: readonly number[];
}

export type TiledKernelGradient = {
  inputs: "G" | "V";
  optional: never;
  attributes: TiledKernelGradientAttributes;
  outputs: "dK";
};

type Types = Call<TiledKernelGradient>;

const spatial = ({ inputs: { V }, attributes: { kernel } }: Types) => [V.shape.slice(2), kernel] as const;

const axes = ({ inputs: { V } }: Types): number => V.shape.length - 2;

/** GRAD-44: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C, …R, …t] of kernels that take turns. */
export const tiledKernelGradient: Operator<TiledKernelGradient> = {
  name: "tiled-kernel-gradient",
  clauses: ["GRAD-44"],
  inputs: ["G", "V"],
  optional: [],
  outputs: ["dK"],
  complete: ({ G, V }, attributes) => ({
    ...defaultWindow(V.shape.length - 2),
    kernel: V.shape.slice(2).map((n, axis) => n - G.shape[axis + 2] + 1),
    tiles: V.shape.slice(2).map(() => 1),
    ...attributes,
  }),
  constraints: [
    oneFormat<TiledKernelGradient>("GRAD-44.C1", ["G", "V"]),
    spatialRank<TiledKernelGradient>("GRAD-44.C2", "V", 2),
    sameRank<TiledKernelGradient>("GRAD-44.C3", "G", "V"),
    extents<TiledKernelGradient>("GRAD-44.C4", ["G", "V"]),
    sameSamples<TiledKernelGradient>("GRAD-44.C5", "G", "V"),
    positivePerAxis<TiledKernelGradient>("GRAD-44.C6", "kernel", axes),
    positivePerAxis<TiledKernelGradient>("GRAD-44.C7", "tiles", axes),
    ...slidingConstraints<TiledKernelGradient>((number) => `GRAD-44.C${number}`, 8, spatial),
    upstreamExtents<TiledKernelGradient>("GRAD-44.C14", "G", spatial),
  ],
  shapes: ({ inputs: { G, V }, attributes: { kernel, tiles } }) => ({
    dK: [G.shape[1], V.shape[1], ...kernel, ...tiles],
  }),
};
