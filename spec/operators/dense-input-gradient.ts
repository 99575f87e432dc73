import { extents, oneFormat } from "../constraints.ts";
import type { Operator } from "../operator.ts";
import { isMatrix } from "./dense.ts";

export type DenseInputGradient = {
  inputs: "G" | "W";
  optional: never;
  attributes: Readonly<Record<never, never>>;
  outputs: "dx";
};

/** GRAD-46: from G [N, O] and W [O, I] the gradient dx [N, I] of a dense layer's input. */
export const denseInputGradient: Operator<DenseInputGradient> = {
  name: "dense-input-gradient",
  clauses: ["GRAD-46"],
  inputs: ["G", "W"],
  optional: [],
  outputs: ["dx"],
  complete: () => ({}),
  constraints: [
    oneFormat<DenseInputGradient>("GRAD-46.C1", ["G", "W"]),
    isMatrix<DenseInputGradient>("GRAD-46.C2", "G", "samples and outputs"),
    isMatrix<DenseInputGradient>("GRAD-46.C3", "W", "outputs and inputs"),
    extents<DenseInputGradient>("GRAD-46.C4", ["G"]),
    {
      id: "GRAD-46.C5",
      statement: "W has a row for each output in G",
      violation: ({ inputs: { G, W } }) =>
        W.shape[0] === G.shape[1]
          ? undefined
          : `W must have ${G.shape[1]} rows, one for each output in G, got ${W.shape[0]}`,
    },
  ],
  shapes: ({ inputs: { G, W } }) => ({ dx: [G.shape[0], W.shape[1]] }),
};
