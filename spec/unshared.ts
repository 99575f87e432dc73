import { kernelFits, oneOf, paddingKnown, positivePerAxis, strictFits } from "./constraints.ts";
import type { Call, Constraint, ConstraintId, InputTypes, OperatorTypes } from "./operator.ts";
import type { Shape, TensorType } from "./tensor.ts";
import type { WindowAttributes } from "./window.ts";

/** Gives the constraints of an operator their ids, by number. */
export type Numbered = (number: number) => ConstraintId;

/** The constraints of a sliding window by the ids of one operator, from a number on: six of them. */
export const slidingConstraints = <T extends OperatorTypes & { attributes: WindowAttributes }>(
  id: Numbered,
  from: number,
  spatial: (call: Call<T>) => readonly [X: Shape, R: Shape],
): readonly Constraint<T>[] => {
  const axes = (call: Call<T>) => spatial(call)[0].length;
  return [
    positivePerAxis<T>(id(from), "stride", axes),
    positivePerAxis<T>(id(from + 1), "dilation", axes),
    paddingKnown<T>(id(from + 2), spatial),
    kernelFits<T>(id(from + 3), spatial),
    oneOf<T>(id(from + 4), "rounding", ["floor", "ceil", "strict"]),
    strictFits<T>(id(from + 5), spatial),
  ];
};

/** One tensor has 2 leading axes and, for each of 1 to 3 spatial axes, 2 more. */
export const twoPerSpatialAxis = <T extends OperatorTypes>(id: ConstraintId, name: T["inputs"]): Constraint<T> => ({
  id,
  statement: `${name} has 2 leading axes and 2 for each of 1, 2 or 3 spatial axes: rank 4, 6 or 8`,
  violation: ({ inputs }) => {
    const { shape } = inputs[name] as TensorType;
    return [4, 6, 8].includes(shape.length)
      ? undefined
      : `${name} must have rank 4, 6 or 8 for 1, 2 or 3 spatial axes, got shape [${shape}]`;
  },
});

/** The number of spatial axes of a tensor with 2 leading axes and 2 for each spatial axis. */
export const spatialAxesOf = (shape: Shape): number => (shape.length - 2) / 2;

/** One tensor has 2 leading axes and one for each spatial axis of another, which has 2 for each. */
export const halfTheRank = <T extends OperatorTypes>(
  id: ConstraintId,
  name: T["inputs"],
  other: T["inputs"],
): Constraint<T> => ({
  id,
  statement: `${name} has 2 leading axes and one for each spatial axis of ${other}`,
  violation: ({ inputs }) => {
    const [{ shape }, expected] = [inputs[name] as TensorType, inputs[other] as TensorType];
    const rank = 2 + spatialAxesOf(expected.shape);
    return shape.length === rank
      ? undefined
      : `${name} must have rank ${rank}, 2 leading and ${rank - 2} spatial axes, got shape [${shape}]`;
  },
});

/** Two counts of channels, each on an axis of a tensor, are the same. */
export const sameChannels = <T extends OperatorTypes>(
  id: ConstraintId,
  [name, axis]: readonly [T["inputs"], number],
  [other, otherAxis]: readonly [T["inputs"], (shape: Shape) => number],
  what: string,
): Constraint<T> => ({
  id,
  statement: `${name} has as many channels as ${other} has ${what}`,
  violation: ({ inputs }: { readonly inputs: InputTypes<T> }) => {
    const [{ shape }, { shape: from }] = [inputs[name] as TensorType, inputs[other] as TensorType];
    const expected = from[otherAxis(from)];
    return shape[axis] === expected
      ? undefined
      : `${name} must have ${expected} channels, one for each of the ${what} of ${other}, got ${shape[axis]}`;
  },
});

/** Two tensors hold the same number of samples. */
export const sameSamples = <T extends OperatorTypes>(
  id: ConstraintId,
  name: T["inputs"],
  other: T["inputs"],
): Constraint<T> => ({
  id,
  statement: `${name} and ${other} hold the same number of samples`,
  violation: ({ inputs }) => {
    const [{ shape }, { shape: expected }] = [inputs[name] as TensorType, inputs[other] as TensorType];
    return shape[0] === expected[0]
      ? undefined
      : `${name} must hold ${expected[0]} samples as ${other} does, got ${shape[0]}`;
  },
});
