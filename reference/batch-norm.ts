import type { BatchNormAttributes } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { batchStatistics, standardDeviation } from "./batch-statistics.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** The inputs of batch normalisation: x [N, C, …X], gamma and beta [C]. */
export interface BatchNormInputs<T> {
  readonly x: TensorOf<T>;
  readonly gamma: TensorOf<T>;
  readonly beta: TensorOf<T>;
}

/** NORM-2   y[n,c,v] = gamma[c] · (x[n,c,v] − mean[c]) / √(variance[c] + ε) + beta[c] */
export const batchNorm = <T>(
  a: Arithmetic<T>,
  { x, gamma, beta }: BatchNormInputs<T>,
  { epsilon }: BatchNormAttributes,
) => {
  const { mean, deviation, variance } = batchStatistics(a, x);
  const σ = standardDeviation(a, variance, epsilon);

  const y = tensor(x.shape, ([n, c, ...v]) => {
    const scaled = a.multiply(gamma.at(c), deviation.at(n, c, ...v));
    return a.add(a.divide(scaled, σ.at(c)), beta.at(c));
  });
  return { y, mean, variance };
};
