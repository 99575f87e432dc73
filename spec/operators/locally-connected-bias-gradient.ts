import { extents, oneFormat, spatialRank } from "../constraints.ts";
import type { Operator } from "../operator.ts";

export type LocallyConnectedBiasGradient = {
  inputs: "G";
  optional: never;
  attributes: Readonly<Record<never, never>>;
  outputs: "db";
};

/** GRAD-42: from G [N, O, …P] the gradient db [O, …P] of biases that are shared by the samples alone. */
export const locallyConnectedBiasGradient: Operator<LocallyConnectedBiasGradient> = {
  name: "locally-connected-bias-gradient",
  clauses: ["GRAD-42"],
  inputs: ["G"],
  optional: [],
  outputs: ["db"],
  complete: () => ({}),
  constraints: [
    oneFormat<LocallyConnectedBiasGradient>("GRAD-42.C1", ["G"]),
    spatialRank<LocallyConnectedBiasGradient>("GRAD-42.C2", "G", 2),
    extents<LocallyConnectedBiasGradient>("GRAD-42.C3", ["G"]),
  ],
  shapes: ({ inputs: { G } }) => ({ db: G.shape.slice(1) }),
};
