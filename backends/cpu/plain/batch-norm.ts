import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  batchNorm as signature,
  type Tensor,
  zeros,
} from "../../../spec/index.ts";
import { channelsOf, statistics } from "./batch.ts";

/** NORM-2 and NORM-3: gamma · (x − mean) / √(variance + ε) + beta, channel by channel. */
export function normalise(
  x: Tensor,
  { mean, variance }: Readonly<Record<"mean" | "variance", ArrayLike<number>>>,
  { gamma, beta }: Readonly<Record<"gamma" | "beta", Tensor>>,
  epsilon: number,
): Tensor {
  const { channelAt } = channelsOf(x.shape);
  const y = zeros(x.dtype, x.shape);
  for (let at = 0; at < y.data.length; at++) {
    const c = channelAt(at);
    y.data[at] = (gamma.data[c] * (x.data[at] - mean[c])) / Math.sqrt(variance[c] + epsilon) + beta.data[c];
  }
  return y;
}

/** NORM-2: x [N, C, …X] normalised over the batch, with the statistics [C] of each channel. */
export function batchNorm(
  { x, gamma, beta }: InputsOf<"batch-norm">,
  attributes: AttributesOf<"batch-norm">,
): OutputsOf<"batch-norm"> {
  check(signature, { inputs: { x, gamma, beta }, attributes });
  const found = statistics(x);
  const [mean, variance] = [zeros(x.dtype, [x.shape[1]]), zeros(x.dtype, [x.shape[1]])];
  mean.data.set(found.mean);
  variance.data.set(found.variance);
  return { y: normalise(x, found, { gamma, beta }, attributes.epsilon), mean, variance };
}
