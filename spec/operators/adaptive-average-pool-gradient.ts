import { extents, oneFormat } from "../constraints.ts";
import { type InputExtents, inputExtents, inputShape } from "../gradient.ts";
import type { Operator } from "../operator.ts";

/** The grid that was pooled to is that of G. */
export type AdaptiveAveragePoolGradient = {
  inputs: "G";
  optional: never;
  attributes: InputExtents;
  outputs: "dV";
};

/** GRAD-26: the gradient of adaptive average pooling, dV [N, C, …X], from G [N, C, …grid] and the extents X. */
export const adaptiveAveragePoolGradient: Operator<AdaptiveAveragePoolGradient> = {
  name: "adaptive-average-pool-gradient",
  clauses: ["GRAD-26", "POOL-7"],
  inputs: ["G"],
  optional: [],
  outputs: ["dV"],
  complete: ({ G }, attributes) => ({ input: G.shape.slice(2), ...attributes }),
  constraints: [
    oneFormat<AdaptiveAveragePoolGradient>("POOL-7.C1", ["G"]),
    ...inputExtents<AdaptiveAveragePoolGradient>("GRAD-26.C1", "GRAD-26.C2"),
    extents<AdaptiveAveragePoolGradient>("POOL-7.C3", ["G"]),
  ],
  shapes: (call) => ({ dV: inputShape(call) }),
};
