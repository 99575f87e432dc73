import { extents, oneFormat } from "../constraints.ts";
import { sameShape } from "../elementwise.ts";
import type { Operator } from "../operator.ts";

export type Add = { inputs: "a" | "b"; optional: never; attributes: Readonly<Record<never, never>>; outputs: "Z" };

/** NET-1: the sum Z of a and b, element by element, all of one shape. */
export const add: Operator<Add> = {
  name: "add",
  clauses: ["NET-1"],
  inputs: ["a", "b"],
  optional: [],
  outputs: ["Z"],
  complete: () => ({}),
  constraints: [
    oneFormat<Add>("NET-1.C1", ["a", "b"]),
    extents<Add>("NET-1.C2", ["a", "b"]),
    sameShape<Add>("NET-1.C3", "b", "a"),
  ],
  shapes: ({ inputs: { a } }) => ({ Z: a.shape }),
};
