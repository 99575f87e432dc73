import { extents, oneFormat, spatialRank } from "../constraints.ts";
import type { Call, InputTypes, Operator } from "../operator.ts";
import type { TensorType } from "../tensor.ts";

export type Concatenate = {
  inputs: "a" | "b";
  optional: "c" | "d";
  attributes: Readonly<Record<never, never>>;
  outputs: "Z";
};

/** The tensors that are put together, in order. */
const parts = ({ a, b, c, d }: InputTypes<Concatenate>): TensorType[] =>
  [a, b, c, d].filter((part) => part !== undefined);

/** NET-2: a, b and where given c and d, all [N, …, …X], put one after the other along the channels. */
export const concatenate: Operator<Concatenate> = {
  name: "concatenate",
  clauses: ["NET-2"],
  inputs: ["a", "b", "c", "d"],
  optional: ["c", "d"],
  outputs: ["Z"],
  complete: () => ({}),
  constraints: [
    oneFormat<Concatenate>("NET-2.C1", ["a", "b"]),
    spatialRank<Concatenate>("NET-2.C2", "a", 2),
    extents<Concatenate>("NET-2.C3", ["a", "b", "c", "d"]),
    {
      id: "NET-2.C4",
      statement: "all inputs have the same extents on every axis but that of the channels",
      violation: ({ inputs }: Call<Concatenate>) => {
        const expected = inputs.a.shape.with(1, 0);
        const other = parts(inputs).find(({ shape }) => String(shape.with(1, 0)) !== String(expected));
        return (
          other &&
          `all inputs must have the extents of a [${inputs.a.shape}] but for the channels, got [${other.shape}]`
        );
      },
    },
    {
      id: "NET-2.C5",
      statement: "d is given only where c is",
      violation: ({ inputs: { c, d } }) =>
        c === undefined && d !== undefined ? `c must be given where d is, got d [${d.shape}] alone` : undefined,
    },
  ],
  shapes: ({ inputs }) => ({
    Z: inputs.a.shape.with(
      1,
      parts(inputs).reduce((channels, { shape }) => channels + shape[1], 0),
    ),
  }),
};
