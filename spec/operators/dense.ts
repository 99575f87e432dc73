import { extents, oneFormat } from "../constraints.ts";
import type { Constraint, ConstraintId, Operator, OperatorTypes } from "../operator.ts";
import type { TensorType } from "../tensor.ts";

export type Dense = { inputs: "x" | "W"; optional: "b"; attributes: Readonly<Record<never, never>>; outputs: "Z" };

/** One tensor is a matrix. */
export const isMatrix = <T extends OperatorTypes>(
  id: ConstraintId,
  name: T["inputs"],
  axes: string,
): Constraint<T> => ({
  id,
  statement: `${name} is a matrix of ${axes}`,
  violation: ({ inputs }) => {
    const { shape } = inputs[name] as TensorType;
    return shape.length === 2 ? undefined : `${name} must have rank 2, ${axes}, got shape [${shape}]`;
  },
});

/** DENSE-1: x [N, I] under weights W [O, I] and a bias b [O], giving Z [N, O]. */
export const dense: Operator<Dense> = {
  name: "dense",
  clauses: ["DENSE-1", "DENSE-2"],
  inputs: ["x", "W", "b"],
  optional: ["b"],
  outputs: ["Z"],
  complete: () => ({}),
  constraints: [
    oneFormat<Dense>("DENSE-1.C1", ["x", "W"]),
    isMatrix<Dense>("DENSE-1.C2", "x", "samples and inputs"),
    isMatrix<Dense>("DENSE-1.C3", "W", "outputs and inputs"),
    extents<Dense>("DENSE-1.C4", ["x"]),
    {
      id: "DENSE-1.C5",
      statement: "W has a column for each input of x",
      violation: ({ inputs: { x, W } }) =>
        W.shape[1] === x.shape[1]
          ? undefined
          : `W must have ${x.shape[1]} columns, one for each input of x, got ${W.shape[1]}`,
    },
    {
      id: "DENSE-1.C6",
      statement: "b, where given, has one element for each row of W",
      violation: ({ inputs: { W, b } }) =>
        b === undefined || (b.shape.length === 1 && b.shape[0] === W.shape[0])
          ? undefined
          : `b must have shape [${W.shape[0]}], one element for each row of W, got [${b.shape}]`,
    },
  ],
  shapes: ({ inputs: { x, W } }) => ({ Z: [x.shape[0], W.shape[0]] }),
};
