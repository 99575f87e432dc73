import { extents, oneFormat } from "../constraints.ts";
import type { Operator } from "../operator.ts";
import { isMatrix } from "./dense.ts";

export type DenseBiasGradient = {
  inputs: "G";
  optional: never;
  attributes: Readonly<Record<never, never>>;
  outputs: "db";
};

/** GRAD-48: from G [N, O] the gradient db [O] of a dense layer's bias. */
export const denseBiasGradient: Operator<DenseBiasGradient> = {
  name: "dense-bias-gradient",
  clauses: ["GRAD-48"],
  inputs: ["G"],
  optional: [],
  outputs: ["db"],
  complete: () => ({}),
  constraints: [
    oneFormat<DenseBiasGradient>("GRAD-48.C1", ["G"]),
    isMatrix<DenseBiasGradient>("GRAD-48.C2", "G", "samples and outputs"),
    extents<DenseBiasGradient>("GRAD-48.C3", ["G"]),
  ],
  shapes: ({ inputs: { G } }) => ({ db: [G.shape[1]] }),
};
