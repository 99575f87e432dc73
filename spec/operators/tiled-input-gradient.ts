import { extents, oneFormat, positivePerAxis, upstreamExtents } from "../constraints.ts";
import type { InputExtents } from "../gradient.ts";
import type { Call, Operator } from "../operator.ts";
import { halfTheRank, sameChannels, slidingConstraints, spatialAxesOf, twoPerSpatialAxis } from "../unshared.ts";
import { defaultWindow, type WindowAttributes } from "../window.ts";
import { tilesOf } from "./tiled.ts";

export type TiledInputGradientAttributes = WindowAttributes & InputExtents;

export type TiledInputGradient = {
  inputs: "G" | "K";
  optional: never;
  attributes: TiledInputGradientAttributes;
  outputs: "dV";
};

const spatial = ({ inputs: { K }, attributes: { input } }: Call<TiledInputGradient>) =>
  [input, tilesOf(K.shape).R] as const;

/** GRAD-43: from G [N, O, …P] and K [O, C, …R, …t] the gradient dV [N, C, …X] of the input of tiled convolution. */
export const tiledInputGradient: Operator<TiledInputGradient> = {
  name: "tiled-input-gradient",
  clauses: ["GRAD-43"],
  inputs: ["G", "K"],
  optional: [],
  outputs: ["dV"],
  complete: ({ G, K }, attributes) => ({
    ...defaultWindow(G.shape.length - 2),
    input: tilesOf(K.shape).R.map((r, axis) => G.shape[axis + 2] + r - 1),
    ...attributes,
  }),
  constraints: [
    oneFormat<TiledInputGradient>("GRAD-43.C1", ["G", "K"]),
    twoPerSpatialAxis<TiledInputGradient>("GRAD-43.C2", "K"),
    halfTheRank<TiledInputGradient>("GRAD-43.C3", "G", "K"),
    extents<TiledInputGradient>("GRAD-43.C4", ["G"]),
    sameChannels<TiledInputGradient>("GRAD-43.C5", ["G", 1], ["K", () => 0], "output channels"),
    positivePerAxis<TiledInputGradient>("GRAD-43.C6", "input", ({ inputs: { K } }) => spatialAxesOf(K.shape)),
    ...slidingConstraints<TiledInputGradient>((number) => `GRAD-43.C${number}`, 7, spatial),
    upstreamExtents<TiledInputGradient>("GRAD-43.C13", "G", spatial),
  ],
  shapes: ({ inputs: { G, K }, attributes: { input } }) => ({ dV: [G.shape[0], K.shape[1], ...input] }),
};
