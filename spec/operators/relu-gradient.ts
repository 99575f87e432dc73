import { extents, oneFormat } from "../constraints.ts";
import { sameShape } from "../elementwise.ts";
import type { Operator } from "../operator.ts";

export type ReluGradient = {
  inputs: "V" | "G";
  optional: never;
  attributes: Readonly<Record<never, never>>;
  outputs: "dV";
};

/** GRAD-45: from V and G of one shape the gradient dV of ReLU's input: G where V is positive. */
export const reluGradient: Operator<ReluGradient> = {
  name: "relu-gradient",
  clauses: ["GRAD-45"],
  inputs: ["V", "G"],
  optional: [],
  outputs: ["dV"],
  complete: () => ({}),
  constraints: [
    oneFormat<ReluGradient>("GRAD-45.C1", ["V", "G"]),
    extents<ReluGradient>("GRAD-45.C2", ["V", "G"]),
    sameShape<ReluGradient>("GRAD-45.C3", "G", "V"),
  ],
  shapes: ({ inputs: { V } }) => ({ dV: V.shape }),
};
