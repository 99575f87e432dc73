import { extents, oneFormat, spatialRank } from "../constraints.ts";
import type { Operator } from "../operator.ts";

export type BiasGradient = { inputs: "G"; optional: never; attributes: Readonly<Record<never, never>>; outputs: "db" };

/** GRAD-9: from G [N, O, …P] the gradient db [O] of a bias that is shared by all samples and positions. */
export const biasGradient: Operator<BiasGradient> = {
  name: "bias-gradient",
  clauses: ["GRAD-9", "GRAD-12"],
  inputs: ["G"],
  optional: [],
  outputs: ["db"],
  complete: () => ({}),
  constraints: [
    oneFormat<BiasGradient>("GRAD-9.C1", ["G"]),
    spatialRank<BiasGradient>("GRAD-9.C2", "G", 2),
    extents<BiasGradient>("GRAD-9.C3", ["G"]),
  ],
  shapes: ({ inputs: { G } }) => ({ db: [G.shape[1]] }),
};
