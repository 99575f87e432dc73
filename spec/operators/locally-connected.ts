import { extents, oneFormat } from "../constraints.ts";
import type { Call, Operator } from "../operator.ts";
import type { Shape } from "../tensor.ts";
import { halfTheRank, sameChannels, slidingConstraints, spatialAxesOf, twoPerSpatialAxis } from "../unshared.ts";
import { defaultWindow, resolveWindow, type WindowAttributes } from "../window.ts";

export type LocallyConnected = { inputs: "V" | "W"; optional: "b"; attributes: WindowAttributes; outputs: "Z" };

/** The axes of a weight tensor W [O, …P, C, …R] of unshared kernels, by what they are. */
export interface UnsharedWeights {
  readonly O: number;
  readonly P: Shape;
  readonly C: number;
  readonly R: Shape;
}

/** Reads the shape of W [O, …P, C, …R]. */
export const unsharedWeights = (W: Shape): UnsharedWeights => {
  const axes = spatialAxesOf(W);
  return { O: W[0], P: W.slice(1, 1 + axes), C: W[1 + axes], R: W.slice(2 + axes) };
};

const spatial = ({ inputs: { V, W } }: Call<LocallyConnected>) =>
  [V.shape.slice(2), unsharedWeights(W.shape).R] as const;

/** LOCAL-2: V [N, C, …X] under unshared kernels W [O, …P, C, …R] and biases b [O, …P], giving Z [N, O, …P]. */
export const locallyConnected: Operator<LocallyConnected> = {
  name: "locally-connected",
  clauses: ["LOCAL-2", "LOCAL-1", "LOCAL-3"],
  inputs: ["V", "W", "b"],
  optional: ["b"],
  outputs: ["Z"],
  complete: ({ V }, attributes) => ({ ...defaultWindow(V.shape.length - 2), ...attributes }),
  constraints: [
    oneFormat<LocallyConnected>("LOCAL-2.C1", ["V", "W"]),
    twoPerSpatialAxis<LocallyConnected>("LOCAL-2.C2", "W"),
    halfTheRank<LocallyConnected>("LOCAL-2.C3", "V", "W"),
    extents<LocallyConnected>("LOCAL-2.C4", ["V"]),
    sameChannels<LocallyConnected>(
      "LOCAL-2.C5",
      ["V", 1],
      ["W", (shape) => 1 + spatialAxesOf(shape)],
      "input channels",
    ),
    ...slidingConstraints<LocallyConnected>((number) => `LOCAL-2.C${number}`, 6, spatial),
    {
      id: "LOCAL-2.C12",
      statement: "W has a kernel for every output position: its axes …P are the extents of the output",
      violation: (call) => {
        const { P } = unsharedWeights(call.inputs.W.shape);
        const { extents: expected } = resolveWindow(...spatial(call), call.attributes);
        return String(P) === String(expected)
          ? undefined
          : `W must have a kernel for each of [${expected}] output positions, got [${P}]`;
      },
    },
    {
      id: "LOCAL-2.C13",
      statement: "b, where given, has one element for each output channel and position",
      violation: ({ inputs: { W, b } }) => {
        const { O, P } = unsharedWeights(W.shape);
        return b === undefined || String(b.shape) === String([O, ...P])
          ? undefined
          : `b must have shape [${[O, ...P]}], one element for each output channel and position, got [${b.shape}]`;
      },
    },
  ],
  shapes: ({ inputs: { V, W } }) => {
    const { O, P } = unsharedWeights(W.shape);
    return { Z: [V.shape[0], O, ...P] };
  },
};
