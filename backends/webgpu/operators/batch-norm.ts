import { type Shape, sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { Area, StoredTensor } from "../device/tensor.ts";
import type { Plan } from "./plan.ts";
import { channelSize } from "./sums.ts";

const channelsOf = ([N, C, ...X]: Shape) => ({ N, C, plane: sizeOf(X) });

interface Statistics {
  readonly means: Area;
  readonly variances: Area;
}

/** NORM-1: mean and variance of each channel of x, in f32 for what comes next, and in the format of the call. */
function statistics(on: Recording, x: StoredTensor, mean: Area, variance: Area): Statistics {
  const uniforms = channelsOf(x.shape);
  const [means, variances] = [on.words(uniforms.C), on.words(uniforms.C)];
  const buffers = { x, means, variances, mean, variance };
  on.run({ kernel: "batch-statistics", buffers, uniforms, size: channelSize, workgroups: uniforms.C });
  return { means, variances };
}

/** NORM-2: x [N, C, …X] normalised over the batch. */
const batchNorm: Plan<"batch-norm"> = (
  on,
  { inputs: { x, gamma, beta }, attributes: { epsilon }, outputs: { y, mean, variance } },
) => {
  const { C, plane } = channelsOf(x.shape);
  const { means, variances } = statistics(on, x, mean, variance);
  const size = sizeOf(x.shape);
  on.run({
    kernel: "batch-norm",
    buffers: { x, mean: means, variance: variances, gamma, beta, y },
    uniforms: { size, C, plane, epsilon },
    aliases: { statistic: "f32" },
    invocations: size,
  });
};

/** NORM-3: x [N, C, …X] normalised with given statistics. */
const batchNormInference: Plan<"batch-norm-inference"> = (
  on,
  { inputs: { x, mean, variance, gamma, beta }, attributes: { epsilon }, outputs: { y } },
) => {
  const { C, plane } = channelsOf(x.shape);
  const size = sizeOf(x.shape);
  on.run({
    kernel: "batch-norm",
    buffers: { x, mean, variance, gamma, beta, y },
    uniforms: { size, C, plane, epsilon },
    aliases: { statistic: on.format },
    invocations: size,
  });
};

/** GRAD-49: the statistics again, the sums over each channel, then each element. */
const batchNormGradient: Plan<"batch-norm-gradient"> = (
  on,
  { inputs: { x, gamma, G }, attributes: { epsilon }, outputs: { dx, dgamma, dbeta } },
) => {
  const { N, C, plane } = channelsOf(x.shape);
  const { means, variances } = statistics(on, x, on.words(C), on.words(C));
  const sums = on.words(2 * C);
  const found = { x, G, means, variances, sums };
  const uniforms = { N, C, plane, epsilon };
  const buffers = { ...found, dgamma, dbeta };
  on.run({ kernel: "batch-norm-gradient-sums", buffers, uniforms, size: channelSize, workgroups: C });
  const size = sizeOf(x.shape);
  on.run({
    kernel: "batch-norm-gradient",
    buffers: { ...found, gamma, dx },
    uniforms: { size, C, plane, m: N * plane, epsilon },
    invocations: size,
  });
};

/** GRAD-50: with given statistics each element is for itself. */
const batchNormInferenceGradient: Plan<"batch-norm-inference-gradient"> = (
  on,
  { inputs: { G, gamma, variance }, attributes: { epsilon }, outputs: { dx } },
) => {
  const { C, plane } = channelsOf(G.shape);
  const size = sizeOf(G.shape);
  on.run({
    kernel: "batch-norm-inference-gradient",
    buffers: { G, gamma, variance, dx },
    uniforms: { size, C, plane, epsilon },
    invocations: size,
  });
};

export const batchNormPlans = {
  "batch-norm": batchNorm,
  "batch-norm-inference": batchNormInference,
  "batch-norm-gradient": batchNormGradient,
  "batch-norm-inference-gradient": batchNormInferenceGradient,
};
