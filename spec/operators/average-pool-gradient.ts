import { oneOf } from "../constraints.ts";
import type { InputExtents } from "../gradient.ts";
import type { Operator } from "../operator.ts";
import { linearPoolConstraints, linearPoolGradient } from "../pool-gradient.ts";
import type { AveragePoolAttributes } from "./average-pool.ts";

export type AveragePoolGradientAttributes = AveragePoolAttributes & InputExtents;

export type AveragePoolGradient = {
  inputs: "G";
  optional: never;
  attributes: AveragePoolGradientAttributes;
  outputs: "dV";
};

const linear = linearPoolGradient("average-pool-gradient", "GRAD-21");

/** GRAD-21: the gradient of average pooling, dV [N, C, …X], from G [N, C, …P]: each error is spread over its window. */
export const averagePoolGradient: Operator<AveragePoolGradient> = {
  ...linear,
  complete: (inputs, attributes) => ({ ...linear.complete(inputs, {}), divisor: "valid", ...attributes }),
  constraints: [
    ...linearPoolConstraints<AveragePoolGradient>("GRAD-21"),
    oneOf<AveragePoolGradient>("POOL-3.C1", "divisor", ["valid", "padded"]),
  ],
};
