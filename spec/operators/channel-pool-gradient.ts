import { gradientFits } from "../gradient.ts";
import type { Operator } from "../operator.ts";
import { type ChannelPoolAttributes, channelConstraints, channelPool } from "./channel-pool.ts";

export type ChannelPoolGradient = {
  inputs: "V" | "G";
  optional: never;
  attributes: ChannelPoolAttributes;
  outputs: "dV";
};

/** GRAD-27: the gradient of pooling over channels, dV [N, C, …X], from V and G [N, C/size, …X]. */
export const channelPoolGradient: Operator<ChannelPoolGradient> = {
  name: "channel-pool-gradient",
  clauses: ["GRAD-27"],
  inputs: ["V", "G"],
  optional: [],
  outputs: ["dV"],
  complete: (_, attributes) => ({ size: 1, ...attributes }),
  constraints: [
    ...channelConstraints<ChannelPoolGradient>(["V", "G"]),
    gradientFits<ChannelPoolGradient>("GRAD-27.C1", (call) => channelPool.shapes(call).Z),
  ],
  shapes: ({ inputs }) => ({ dV: inputs.V.shape }),
};
