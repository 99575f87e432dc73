import { extents, oneFormat } from "../constraints.ts";
import type { Operator } from "../operator.ts";

export type Relu = { inputs: "V"; optional: never; attributes: Readonly<Record<never, never>>; outputs: "Z" };

/** ACT-1: the positive part of every element of V, of any shape, giving Z of that shape. */
export const relu: Operator<Relu> = {
  name: "relu",
  clauses: ["ACT-1"],
  inputs: ["V"],
  optional: [],
  outputs: ["Z"],
  complete: () => ({}),
  constraints: [oneFormat<Relu>("ACT-1.C1", ["V"]), extents<Relu>("ACT-1.C2", ["V"])],
  shapes: ({ inputs: { V } }) => ({ Z: V.shape }),
};
