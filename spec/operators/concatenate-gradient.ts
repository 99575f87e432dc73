import { extents, oneFormat, spatialRank } from "../constraints.ts";
import type { Operator } from "../operator.ts";

export interface ConcatenateGradientAttributes {
  /** The channels of each tensor that was put together, in order: two to four. */
  readonly channels: readonly number[];
  /** Which of them the gradient is for, counting from 0. */
  readonly part: number;
}

export type ConcatenateGradient = {
  inputs: "G";
  optional: never;
  attributes: ConcatenateGradientAttributes;
  outputs: "dV";
};

const isCount = (value: unknown, least: number): boolean => Number.isInteger(value) && (value as number) >= least;

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** GRAD-51: of G [N, C, …X] the channels [N, channels[part], …X] that came from one of the tensors put together. */
export const concatenateGradient: Operator<ConcatenateGradient> = {
  name: "concatenate-gradient",
  clauses: ["GRAD-51"],
  inputs: ["G"],
  optional: [],
  outputs: ["dV"],
  complete: ({ G }, attributes) => ({ channels: [G.shape[1] - 1, 1], part: 0, ...attributes }),
  constraints: [
    oneFormat<ConcatenateGradient>("GRAD-51.C1", ["G"]),
    spatialRank<ConcatenateGradient>("GRAD-51.C2", "G", 2),
    extents<ConcatenateGradient>("GRAD-51.C3", ["G"]),
    {
      id: "GRAD-51.C4",
      statement: "channels is two to four integers ≥ 1 that add up to the channels of G",
      violation: ({ inputs: { G }, attributes }) => {
        const channels: unknown = attributes.channels;
        const counts = Array.isArray(channels) && channels.every((count: unknown) => isCount(count, 1));
        if (!counts || channels.length < 2 || channels.length > 4)
          return `channels must be two to four positive integers, got ${show(channels)}`;
        const total = (channels as readonly number[]).reduce((sum, count) => sum + count, 0);
        return total === G.shape[1]
          ? undefined
          : `channels must add up to the ${G.shape[1]} channels of G, got ${show(channels)}`;
      },
    },
    {
      id: "GRAD-51.C5",
      statement: "part is an integer ≥ 0 and less than the number of entries of channels",
      violation: ({ attributes: { channels, part } }) =>
        isCount(part, 0) && part < channels.length
          ? undefined
          : `part must be an integer of 0 to ${channels.length - 1}, got ${show(part)}`,
    },
  ],
  shapes: ({ inputs: { G }, attributes: { channels, part } }) => ({ dV: G.shape.with(1, channels[part]) }),
};
