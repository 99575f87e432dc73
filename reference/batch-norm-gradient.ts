import type { BatchNormAttributes } from "../spec/index.ts";
import { type Arithmetic, subtract } from "./arithmetic.ts";
import { batchStatistics, perChannel, standardDeviation, sumOverChannel } from "./batch-statistics.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** The inputs of the gradient of batch normalisation: x and G [N, C, …X], gamma [C]. */
export interface BatchNormGradientInputs<T> {
  readonly x: TensorOf<T>;
  readonly gamma: TensorOf<T>;
  readonly G: TensorOf<T>;
}

/**
 * GRAD-49   dbeta[c] = Σ G,   dgamma[c] = Σ G · xhat   with xhat = (x − mean[c]) / σ[c],
 *           dx[n,c,v] = gamma[c]/σ[c] · (G[n,c,v] − dbeta[c]/m − xhat[n,c,v] · dgamma[c]/m)
 */
export const batchNormGradient = <T>(
  a: Arithmetic<T>,
  { x, gamma, G }: BatchNormGradientInputs<T>,
  { epsilon }: BatchNormAttributes,
) => {
  const C = x.shape[1];
  const m = perChannel(x.shape);
  const { deviation, variance } = batchStatistics(a, x);
  const σ = standardDeviation(a, variance, epsilon);
  const xhat = tensor(x.shape, ([n, c, ...v]) => a.divide(deviation.at(n, c, ...v), σ.at(c)));

  const dbeta = tensor([C], ([c]) => sumOverChannel(a, x.shape, (n, v) => G.at(n, c, ...v)));
  const dgamma = tensor([C], ([c]) =>
    sumOverChannel(a, x.shape, (n, v) => a.multiply(G.at(n, c, ...v), xhat.at(n, c, ...v))),
  );
  const dx = tensor(x.shape, ([n, c, ...v]) => {
    const centred = subtract(a, G.at(n, c, ...v), a.scale(dbeta.at(c), 1, m));
    const along = a.scale(a.multiply(xhat.at(n, c, ...v), dgamma.at(c)), 1, m);
    return a.divide(a.multiply(gamma.at(c), subtract(a, centred, along)), σ.at(c));
  });
  return { dx, dgamma, dbeta };
};
