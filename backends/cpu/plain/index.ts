import type { Backend } from "../../../spec/index.ts";
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
import { relu } from "./relu.ts";
import { reluGradient } from "./relu-gradient.ts";
import { sumPool } from "./sum-pool.ts";
import { sumPoolGradient } from "./sum-pool-gradient.ts";
import { tiled } from "./tiled.ts";
import { tiledInputGradient } from "./tiled-input-gradient.ts";
import { tiledKernelGradient } from "./tiled-kernel-gradient.ts";
import { update } from "./update.ts";
import { weightedPool } from "./weighted-pool.ts";
import { weightedPoolGradient } from "./weighted-pool-gradient.ts";

/** Plain loops over typed arrays, one thread, products summed in double precision. */
const cpu: Backend = {
  name: "cpu",
  version: "0.1.0",
  dtypes: ["f32", "f64"],
  declares: {
    algorithm: "direct",
    accumulation: "f64",
    operators: {
      "max-pool": { choices: { nan: "propagate", "signed-zero": "positive" } },
      "adaptive-max-pool": { choices: { nan: "propagate", "signed-zero": "positive" } },
      "channel-pool": { choices: { nan: "propagate", "signed-zero": "positive" } },
      "max-pool-winners": { choices: { nan: "propagate", ties: "first" } },
      "max-pool-gradient": { choices: { nan: "propagate", ties: "first" } },
      "adaptive-max-pool-gradient": { choices: { nan: "propagate", ties: "first" } },
      relu: { choices: { nan: "propagate", "signed-zero": "positive" } },
      "relu-gradient": { choices: { nan: "pass", stopped: "zero" } },
      "channel-pool-gradient": { choices: { nan: "propagate", ties: "first" } },
    },
  },
  operators: {
    correlate,
    convolve,
    "max-pool": maxPool,
    "average-pool": averagePool,
    "sum-pool": sumPool,
    "l2-pool": l2Pool,
    "weighted-pool": weightedPool,
    "max-pool-winners": maxPoolWinners,
    "adaptive-max-pool": adaptiveMaxPool,
    "adaptive-average-pool": adaptiveAveragePool,
    "channel-pool": channelPool,
    "max-pool-gradient": maxPoolGradient,
    "average-pool-gradient": averagePoolGradient,
    "sum-pool-gradient": sumPoolGradient,
    "l2-pool-gradient": l2PoolGradient,
    "weighted-pool-gradient": weightedPoolGradient,
    "adaptive-max-pool-gradient": adaptiveMaxPoolGradient,
    "adaptive-average-pool-gradient": adaptiveAveragePoolGradient,
    "channel-pool-gradient": channelPoolGradient,

    "bias-gradient": biasGradient,
    "convolve-input-gradient": convolveInputGradient,
    "convolve-kernel-gradient": convolveKernelGradient,
    "correlate-input-gradient": correlateInputGradient,
    "correlate-kernel-gradient": correlateKernelGradient,
    "correlate-transpose": correlateTranspose,
    update,
    "locally-connected": locallyConnected,
    "locally-connected-input-gradient": locallyConnectedInputGradient,
    "locally-connected-kernel-gradient": locallyConnectedKernelGradient,
    "locally-connected-bias-gradient": locallyConnectedBiasGradient,
    tiled,
    "tiled-input-gradient": tiledInputGradient,
    "tiled-kernel-gradient": tiledKernelGradient,
    relu,
    "relu-gradient": reluGradient,
    dense,
    "dense-input-gradient": denseInputGradient,
    "dense-weight-gradient": denseWeightGradient,
    "dense-bias-gradient": denseBiasGradient,
    "batch-norm": batchNorm,
    "batch-norm-inference": batchNormInference,
    "batch-norm-gradient": batchNormGradient,
    "batch-norm-inference-gradient": batchNormInferenceGradient,
    add,
    concatenate,
    "concatenate-gradient": concatenateGradient,
  },
};

export default cpu;
