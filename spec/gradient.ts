import { positivePerAxis, spatialRank } from "./constraints.ts";
import type { Call, Constraint, ConstraintId, OperatorTypes } from "./operator.ts";
import type { Shape, TensorType } from "./tensor.ts";

/** The spatial extents of the input that a gradient is for, where no input of that shape is given. */
export interface InputExtents {
  /** One extent for each spatial axis. */
  readonly input: readonly number[];
}

type WithG = OperatorTypes & { inputs: "G" };

const shapeOfG = <T extends OperatorTypes>({ inputs }: Call<T>): Shape => (inputs as { G: TensorType }).G.shape;

/** G has the shape of the forward operator's output. */
export const gradientFits = <T extends OperatorTypes>(
  id: ConstraintId,
  output: (call: Call<T>) => Shape,
): Constraint<T> => ({
  id,
  statement: "G has the shape of the output of the forward operator",
  violation: (call) => {
    const [got, expected] = [shapeOfG(call), output(call)];
    return got.length === expected.length && got.every((extent, axis) => extent === expected[axis])
      ? undefined
      : `G must have shape [${expected}], that of the output, got [${got}]`;
  },
});

/** G has spatial axes, and for each of them the attribute input holds an extent. */
export const inputExtents = <T extends WithG & { attributes: InputExtents }>(
  rank: ConstraintId,
  extents: ConstraintId,
): readonly Constraint<T>[] => [
  spatialRank<T>(rank, "G", 2),
  positivePerAxis<T>(extents, "input", (call) => shapeOfG(call).length - 2),
];

/** The shape of the input that a gradient without that input is for: the batch and channels of G, the given extents. */
export const inputShape = <T extends WithG & { attributes: InputExtents }>(call: Call<T>): Shape => [
  ...shapeOfG(call).slice(0, 2),
  ...call.attributes.input,
];
