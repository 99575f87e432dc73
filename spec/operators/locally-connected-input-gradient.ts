import { extents, oneFormat, positivePerAxis } from "../constraints.ts";
import type { InputExtents } from "../gradient.ts";
import type { Call, Operator } from "../operator.ts";
import { halfTheRank, sameChannels, slidingConstraints, spatialAxesOf, twoPerSpatialAxis } from "../unshared.ts";
import { defaultWindow, resolveWindow, type WindowAttributes } from "../window.ts";
import { unsharedWeights } from "./locally-connected.ts";

export type LocallyConnectedInputGradientAttributes = WindowAttributes & InputExtents;

export type LocallyConnectedInputGradient = {
  inputs: "G" | "W";
  optional: never;
  attributes: LocallyConnectedInputGradientAttributes;
  outputs: "dV";
};

type Types = Call<LocallyConnectedInputGradient>;

const spatial = ({ inputs: { W }, attributes: { input } }: Types) => [input, unsharedWeights(W.shape).R] as const;

/** GRAD-40: from G [N, O, …P] and W [O, …P, C, …R] the gradient dV [N, C, …X] of the input of unshared kernels. */
export const locallyConnectedInputGradient: Operator<LocallyConnectedInputGradient> = {
  name: "locally-connected-input-gradient",
  clauses: ["GRAD-40"],
  inputs: ["G", "W"],
  optional: [],
  outputs: ["dV"],
  complete: ({ W }, attributes) => {
    const { P, R } = unsharedWeights(W.shape);
    return { ...defaultWindow(P.length), input: P.map((p, axis) => p + R[axis] - 1), ...attributes };
  },
  constraints: [
    oneFormat<LocallyConnectedInputGradient>("GRAD-40.C1", ["G", "W"]),
    twoPerSpatialAxis<LocallyConnectedInputGradient>("GRAD-40.C2", "W"),
    halfTheRank<LocallyConnectedInputGradient>("GRAD-40.C3", "G", "W"),
    extents<LocallyConnectedInputGradient>("GRAD-40.C4", ["G"]),
    sameChannels<LocallyConnectedInputGradient>("GRAD-40.C5", ["G", 1], ["W", () => 0], "output channels"),
    positivePerAxis<LocallyConnectedInputGradient>("GRAD-40.C6", "input", ({ inputs: { W } }) =>
      spatialAxesOf(W.shape),
    ),
    ...slidingConstraints<LocallyConnectedInputGradient>((number) => `GRAD-40.C${number}`, 7, spatial),
    {
      id: "GRAD-40.C13",
      statement: "G and the axes …P of W have the extents of the forward output",
      violation: (call) => {
        const { G, W } = call.inputs;
        const { extents: expected } = resolveWindow(...spatial(call), call.attributes);
        const wrong = [G.shape.slice(2), unsharedWeights(W.shape).P].find((P) => String(P) !== String(expected));
        return wrong && `G and W must have the extents [${expected}] of the forward output, got [${wrong}]`;
      },
    },
  ],
  shapes: ({ inputs: { G, W }, attributes: { input } }) => ({
    dV: [G.shape[0], unsharedWeights(W.shape).C, ...input],
  }),
};
