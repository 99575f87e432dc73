import { extents, oneFormat, spatialRank } from "../constraints.ts";
import type { Constraint, Operator, OperatorTypes } from "../operator.ts";
import type { TensorType } from "../tensor.ts";

export interface ChannelPoolAttributes {
  /** How many consecutive channels are pooled into one. */
  readonly size: number;
}

export type ChannelPool = { inputs: "V"; optional: never; attributes: ChannelPoolAttributes; outputs: "Z" };

/** POOL-10: the constraints of a pooling over groups of channels of V. */
export const channelConstraints = <T extends OperatorTypes & { attributes: ChannelPoolAttributes }>(
  required: readonly T["inputs"][],
): readonly Constraint<T>[] => [
  oneFormat<T>("POOL-10.C1", required),
  spatialRank<T>("POOL-10.C2", "V" as T["inputs"], 2),
  extents<T>("POOL-10.C3", required),
  {
    id: "POOL-10.C4",
    statement: "size is an integer ≥ 1",
    violation: ({ attributes: { size } }) =>
      Number.isInteger(size) && size >= 1 ? undefined : `size must be a positive integer, got ${size}`,
  },
  {
    id: "POOL-10.C5",
    statement: "size divides the number of channels",
    violation: ({ inputs, attributes: { size } }) => {
      const { shape } = (inputs as { V: TensorType }).V;
      return shape[1] % size === 0 ? undefined : `size must divide the ${shape[1]} channels, got ${size}`;
    },
  },
];

/** POOL-10: the maximum over each group of channels of V [N, C, …X], giving Z [N, C/size, …X]. */
export const channelPool: Operator<ChannelPool> = {
  name: "channel-pool",
  clauses: ["POOL-10"],
  inputs: ["V"],
  optional: [],
  outputs: ["Z"],
  complete: (_, attributes) => ({ size: 1, ...attributes }),
  constraints: channelConstraints<ChannelPool>(["V"]),
  shapes: ({ inputs: { V }, attributes: { size } }) => ({ Z: V.shape.with(1, V.shape[1] / size) }),
};
