import type { BatchNormAttributes } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { standardDeviation } from "./batch-statistics.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** The inputs of the gradient with given statistics: G [N, C, …X], gamma and variance [C]. */
export interface BatchNormInferenceGradientInputs<T> {
  readonly G: TensorOf<T>;
  readonly gamma: TensorOf<T>;
  readonly variance: TensorOf<T>;
}

/** GRAD-50   dx[n,c,v] = gamma[c] · G[n,c,v] / √(variance[c] + ε) */
export const batchNormInferenceGradient = <T>(
  a: Arithmetic<T>,
  { G, gamma, variance }: BatchNormInferenceGradientInputs<T>,
  { epsilon }: BatchNormAttributes,
) => {
  const σ = standardDeviation(a, variance, epsilon);
  const dx = tensor(G.shape, ([n, c, ...v]) => a.divide(a.multiply(gamma.at(c), G.at(n, c, ...v)), σ.at(c)));
  return { dx };
};
