import { extents, oneFormat } from "../constraints.ts";
import type { Operator } from "../operator.ts";

export interface UpdateAttributes {
  /** η, the learning rate. */
  readonly rate: number;
}

export type Update = { inputs: "w" | "g"; optional: never; attributes: UpdateAttributes; outputs: "w" };

/** OPT-1: the weights w − η·g after one step down the gradient g, which has the shape of w. */
export const update: Operator<Update> = {
  name: "update",
  clauses: ["OPT-1", "OPT-2"],
  inputs: ["w", "g"],
  optional: [],
  outputs: ["w"],
  complete: (_, attributes) => ({ rate: 1, ...attributes }),
  constraints: [
    oneFormat<Update>("OPT-1.C1", ["w", "g"]),
    extents<Update>("OPT-1.C2", []),
    {
      id: "OPT-1.C3",
      statement: "g has the shape of w",
      violation: ({ inputs: { w, g } }) =>
        w.shape.length === g.shape.length && w.shape.every((extent, axis) => extent === g.shape[axis])
          ? undefined
          : `g must have the shape [${w.shape}] of w, got [${g.shape}]`,
    },
    {
      id: "OPT-1.C4",
      statement: "rate is a finite number",
      violation: ({ attributes: { rate } }) =>
        Number.isFinite(rate) ? undefined : `rate must be a finite number, got ${JSON.stringify(rate) ?? rate}`,
    },
  ],
  shapes: ({ inputs: { w } }) => ({ w: w.shape }),
};
