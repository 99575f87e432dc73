import { type AdaptiveAttributes, adaptiveShapes, defaultGrid } from "../adaptive.ts";
import { extents, oneFormat, positivePerAxis, spatialRank } from "../constraints.ts";
import { gradientFits } from "../gradient.ts";
import type { Operator } from "../operator.ts";

export type AdaptiveMaxPoolGradient = {
  inputs: "V" | "G";
  optional: never;
  attributes: AdaptiveAttributes;
  outputs: "dV";
};

/** GRAD-25: the gradient of adaptive max pooling, dV [N, C, …X], from V and G [N, C, …grid]. */
export const adaptiveMaxPoolGradient: Operator<AdaptiveMaxPoolGradient> = {
  name: "adaptive-max-pool-gradient",
  clauses: ["GRAD-25", "POOL-7"],
  inputs: ["V", "G"],
  optional: [],
  outputs: ["dV"],
  complete: ({ V }, attributes) => ({ ...defaultGrid(V.shape.length - 2), ...attributes }),
  constraints: [
    oneFormat<AdaptiveMaxPoolGradient>("POOL-7.C1", ["V", "G"]),
    spatialRank<AdaptiveMaxPoolGradient>("POOL-7.C2", "V", 2),
    extents<AdaptiveMaxPoolGradient>("POOL-7.C3", ["V", "G"]),
    positivePerAxis<AdaptiveMaxPoolGradient>("POOL-7.C4", "grid", ({ inputs }) => inputs.V.shape.length - 2),
    gradientFits<AdaptiveMaxPoolGradient>("GRAD-25.C1", (call) => adaptiveShapes(call).Z),
  ],
  shapes: ({ inputs }) => ({ dV: inputs.V.shape }),
};
