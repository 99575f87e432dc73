import type { BatchNormAttributes } from "../spec/index.ts";
import { type Arithmetic, subtract } from "./arithmetic.ts";
import type { BatchNormInputs } from "./batch-norm.ts";
import { standardDeviation } from "./batch-statistics.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** The inputs of batch normalisation with given statistics: beside those of training, mean and variance [C]. */
export interface BatchNormInferenceInputs<T> extends BatchNormInputs<T> {
  readonly mean: TensorOf<T>;
  readonly variance: TensorOf<T>;
}

/** NORM-3   y[n,c,v] = gamma[c] · (x[n,c,v] − mean[c]) / √(variance[c] + ε) + beta[c] */
export const batchNormInference = <T>(
  a: Arithmetic<T>,
  { x, mean, variance, gamma, beta }: BatchNormInferenceInputs<T>,
  { epsilon }: BatchNormAttributes,
) => {
  const σ = standardDeviation(a, variance, epsilon);

  const y = tensor(x.shape, ([n, c, ...v]) => {
    const scaled = a.multiply(gamma.at(c), subtract(a, x.at(n, c, ...v), mean.at(c)));
    return a.add(a.divide(scaled, σ.at(c)), beta.at(c));
  });
  return { y };
};
