import type { OperatorName } from "../../spec/index.ts";
import { adaptiveAveragePool } from "./adaptive-average-pool.ts";
import { adaptiveAveragePoolGradient } from "./adaptive-average-pool-gradient.ts";
import { adaptiveMaxPool } from "./adaptive-max-pool.ts";
import { adaptiveMaxPoolGradient } from "./adaptive-max-pool-gradient.ts";
import { add } from "./add.ts";
import { averagePool } from "./average-pool.ts";
import { averagePoolGradient } from "./average-pool-gradient.ts";
import { batchNorm } from "./batch-norm.ts";
import { batchNormGradient } from "./batch-norm-gradient.ts";
import { batchNormInference } from "./batch-norm-inference.ts";
import { batchNormInferenceGradient } from "./batch-norm-inference-gradient.ts";
import { biasGradient } from "./bias-gradient.ts";
import { channelPool } from "./channel-pool.ts";
import { channelPoolGradient } from "./channel-pool-gradient.ts";
import { concatenate } from "./concatenate.ts";
import { concatenateGradient } from "./concatenate-gradient.ts";
import { convolve } from "./convolve.ts";
import { convolveInputGradient } from "./convolve-input-gradient.ts";
import { convolveKernelGradient } from "./convolve-kernel-gradient.ts";
import { correlate } from "./correlate.ts";
import { correlateInputGradient } from "./correlate-input-gradient.ts";
import { correlateKernelGradient } from "./correlate-kernel-gradient.ts";
import { correlateTranspose } from "./correlate-transpose.ts";
import { dense } from "./dense.ts";
import { denseBiasGradient } from "./dense-bias-gradient.ts";
import { denseInputGradient } from "./dense-input-gradient.ts";
import { denseWeightGradient } from "./dense-weight-gradient.ts";
import { l2Pool } from "./l2-pool.ts";
import { l2PoolGradient } from "./l2-pool-gradient.ts";
import { locallyConnected } from "./locally-connected.ts";
import { locallyConnectedBiasGradient } from "./locally-connected-bias-gradient.ts";
import { locallyConnectedInputGradient } from "./locally-connected-input-gradient.ts";
import { locallyConnectedKernelGradient } from "./locally-connected-kernel-gradient.ts";
import { maxPool } from "./max-pool.ts";
import { maxPoolGradient } from "./max-pool-gradient.ts";
import { maxPoolWinners } from "./max-pool-winners.ts";
import type { Operator } from "./operator.ts";
import { relu } from "./relu.ts";
import { reluGradient } from "./relu-gradient.ts";
import { sumPool } from "./sum-pool.ts";
import { sumPoolGradient } from "./sum-pool-gradient.ts";
import { tiled } from "./tiled.ts";
import { tiledInputGradient } from "./tiled-input-gradient.ts";
import { tiledKernelGradient } from "./tiled-kernel-gradient.ts";
import { update } from "./update.ts";

/** The operators with kernels of their own; the others are plain loops. */
export const operators: { readonly [N in OperatorName]?: Operator<N> } = {
  add,
  correlate,
  convolve,
  "correlate-input-gradient": correlateInputGradient,
  "convolve-input-gradient": convolveInputGradient,
  "correlate-kernel-gradient": correlateKernelGradient,
  "convolve-kernel-gradient": convolveKernelGradient,
  "correlate-transpose": correlateTranspose,
  "max-pool": maxPool,
  "average-pool": averagePool,
  "sum-pool": sumPool,
  "l2-pool": l2Pool,
  "max-pool-winners": maxPoolWinners,
  "max-pool-gradient": maxPoolGradient,
  "average-pool-gradient": averagePoolGradient,
  "sum-pool-gradient": sumPoolGradient,
  dense,
  "dense-input-gradient": denseInputGradient,
  "dense-weight-gradient": denseWeightGradient,
  "bias-gradient": biasGradient,
  "dense-bias-gradient": denseBiasGradient,
  "locally-connected-bias-gradient": locallyConnectedBiasGradient,
  "batch-norm": batchNorm,
  "batch-norm-inference": batchNormInference,
  "batch-norm-inference-gradient": batchNormInferenceGradient,
  "batch-norm-gradient": batchNormGradient,
  "channel-pool": channelPool,
  concatenate,
  "concatenate-gradient": concatenateGradient,
  "locally-connected": locallyConnected,
  "locally-connected-input-gradient": locallyConnectedInputGradient,
  "locally-connected-kernel-gradient": locallyConnectedKernelGradient,
  tiled,
  "tiled-input-gradient": tiledInputGradient,
  "tiled-kernel-gradient": tiledKernelGradient,
  "channel-pool-gradient": channelPoolGradient,
  "adaptive-max-pool": adaptiveMaxPool,
  "adaptive-average-pool": adaptiveAveragePool,
  "adaptive-max-pool-gradient": adaptiveMaxPoolGradient,
  "adaptive-average-pool-gradient": adaptiveAveragePoolGradient,
  "l2-pool-gradient": l2PoolGradient,
  relu,
  "relu-gradient": reluGradient,
  update,
};
