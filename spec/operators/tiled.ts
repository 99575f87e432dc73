import { extents, oneFormat } from "../constraints.ts";
import type { Call, Operator } from "../operator.ts";
import type { Shape } from "../tensor.ts";
import { halfTheRank, sameChannels, slidingConstraints, spatialAxesOf, twoPerSpatialAxis } from "../unshared.ts";
import { defaultWindow, resolveWindow, type WindowAttributes } from "../window.ts";

export type Tiled = { inputs: "V" | "K"; optional: "b"; attributes: WindowAttributes; outputs: "Z" };

/** The axes of a tensor K [O, C, …R, …t] of kernels that take turns, by what they are. */
export interface Tiles {
  readonly O: number;
  readonly C: number;
  readonly R: Shape;
  readonly t: Shape;
}

/** Reads the shape of K [O, C, …R, …t]. */
export const tilesOf = (K: Shape): Tiles => {
  const axes = spatialAxesOf(K);
  return { O: K[0], C: K[1], R: K.slice(2, 2 + axes), t: K.slice(2 + axes) };
};

const spatial = ({ inputs: { V, K } }: Call<Tiled>) => [V.shape.slice(2), tilesOf(K.shape).R] as const;

/** TILED-1: V [N, C, …X] under kernels K [O, C, …R, …t] that take turns and a bias b [O], giving Z [N, O, …P]. */
export const tiled: Operator<Tiled> = {
  name: "tiled",
  clauses: ["TILED-1", "TILED-2", "TILED-3"],
  inputs: ["V", "K", "b"],
  optional: ["b"],
  outputs: ["Z"],
  complete: ({ V }, attributes) => ({ ...defaultWindow(V.shape.length - 2), ...attributes }),
  constraints: [
    oneFormat<Tiled>("TILED-1.C1", ["V", "K"]),
    twoPerSpatialAxis<Tiled>("TILED-1.C2", "K"),
    halfTheRank<Tiled>("TILED-1.C3", "V", "K"),
    extents<Tiled>("TILED-1.C4", ["V"]),
    sameChannels<Tiled>("TILED-1.C5", ["V", 1], ["K", () => 1], "input channels"),
    ...slidingConstraints<Tiled>((number) => `TILED-1.C${number}`, 6, spatial),
    {
      id: "TILED-1.C12",
      statement: "b, where given, has one element for each output channel",
      violation: ({ inputs: { K, b } }) =>
        b === undefined || (b.shape.length === 1 && b.shape[0] === K.shape[0])
          ? undefined
          : `b must have shape [${K.shape[0]}], one element for each output channel, got [${b.shape}]`,
    },
  ],
  shapes: (call) => {
    const { V, K } = call.inputs;
    return { Z: [V.shape[0], K.shape[0], ...resolveWindow(...spatial(call), call.attributes).extents] };
  },
};
