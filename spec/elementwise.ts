import type { Constraint, ConstraintId, InputTypes, OperatorTypes } from "./operator.ts";
import type { Shape, TensorType } from "./tensor.ts";

const shapeOf = <T extends OperatorTypes>(inputs: InputTypes<T>, name: T["inputs"]): Shape =>
  (inputs[name] as TensorType).shape;

/** One tensor has the shape of another. */
export const sameShape = <T extends OperatorTypes>(
  id: ConstraintId,
  name: T["inputs"],
  other: T["inputs"],
): Constraint<T> => ({
  id,
  statement: `${name} has the shape of ${other}`,
  violation: ({ inputs }) => {
    const [got, expected] = [shapeOf<T>(inputs, name), shapeOf<T>(inputs, other)];
    return got.length === expected.length && got.every((extent, axis) => extent === expected[axis])
      ? undefined
      : `${name} must have the shape [${expected}] of ${other}, got [${got}]`;
  },
});

/** One tensor is a list with an element for each of so many things, such as channels. */
export const oneForEach = <T extends OperatorTypes>(
  id: ConstraintId,
  name: T["inputs"],
  things: string,
  count: (inputs: InputTypes<T>) => number,
): Constraint<T> => ({
  id,
  statement: `${name} has one element for each ${things}`,
  violation: ({ inputs }) => {
    const [got, expected] = [shapeOf<T>(inputs, name), count(inputs)];
    return got.length === 1 && got[0] === expected
      ? undefined
      : `${name} must have shape [${expected}], one element for each ${things}, got [${got}]`;
  },
});

/** An attribute is a finite number that is not negative. */
export const notNegative = <T extends OperatorTypes>(
  id: ConstraintId,
  attribute: string & keyof T["attributes"],
): Constraint<T> => ({
  id,
  statement: `${attribute} is a finite number ≥ 0`,
  violation: ({ attributes }) => {
    const value: unknown = attributes[attribute];
    return Number.isFinite(value) && (value as number) >= 0
      ? undefined
      : `${attribute} must be a finite number ≥ 0, got ${JSON.stringify(value) ?? value}`;
  },
});
