import type fc from "fast-check";
import type { OperatorName } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { concatenateCall, concatenateGradientCall } from "./concatenate.ts";
import { denseBiasGradientCall, denseCall, denseInputGradientCall, denseWeightGradientCall } from "./dense.ts";
import { addCall, reluCall, reluGradientCall } from "./elementwise.ts";
import { channelPoolCall, gridPoolCall } from "./grid-pool.ts";
import { kernelCall } from "./kernel.ts";
import { biasGradientCall, inputGradientCall, kernelGradientCall, transposeCall } from "./kernel-gradient.ts";
import type { CallLimits } from "./limits.ts";
import {
  batchNormCall,
  batchNormGradientCall,
  batchNormInferenceCall,
  batchNormInferenceGradientCall,
} from "./norm.ts";
import { linearPoolGradientCall, poolCall, poolGradientCall } from "./pool.ts";
import {
  locallyConnectedBiasGradientCall,
  locallyConnectedCall,
  locallyConnectedInputGradientCall,
  locallyConnectedKernelGradientCall,
  tiledCall,
  tiledInputGradientCall,
  tiledKernelGradientCall,
} from "./unshared.ts";
import { updateCall } from "./update.ts";

const calls: { readonly [N in OperatorName]: (limits?: CallLimits) => fc.Arbitrary<Invocation> } = {
  correlate: (limits) => kernelCall("correlate", limits),
  convolve: (limits) => kernelCall("convolve", limits),
  "max-pool": (limits) => poolCall("max-pool", limits),
  "average-pool": (limits) => poolCall("average-pool", limits),
  "sum-pool": (limits) => poolCall("sum-pool", limits),
  "l2-pool": (limits) => poolCall("l2-pool", limits),
  "weighted-pool": (limits) => poolCall("weighted-pool", limits),
  "max-pool-winners": (limits) => poolCall("max-pool-winners", limits),
  "adaptive-max-pool": (limits) => gridPoolCall("adaptive-max-pool", limits),
  "adaptive-average-pool": (limits) => gridPoolCall("adaptive-average-pool", limits),
  "channel-pool": (limits) => channelPoolCall("channel-pool", limits),
  "max-pool-gradient": (limits) => poolGradientCall("max-pool-gradient", limits),
  "average-pool-gradient": (limits) => linearPoolGradientCall("average-pool-gradient", limits),
  "sum-pool-gradient": (limits) => linearPoolGradientCall("sum-pool-gradient", limits),
  "l2-pool-gradient": (limits) => poolGradientCall("l2-pool-gradient", limits),
  "weighted-pool-gradient": (limits) => linearPoolGradientCall("weighted-pool-gradient", limits),
  "adaptive-max-pool-gradient": (limits) => gridPoolCall("adaptive-max-pool-gradient", limits),
  "adaptive-average-pool-gradient": (limits) => gridPoolCall("adaptive-average-pool-gradient", limits),
  "channel-pool-gradient": (limits) => channelPoolCall("channel-pool-gradient", limits),
  "bias-gradient": biasGradientCall,
  "convolve-input-gradient": (limits) => inputGradientCall("convolve", limits),
  "convolve-kernel-gradient": (limits) => kernelGradientCall("convolve", limits),
  "correlate-input-gradient": (limits) => inputGradientCall("correlate", limits),
  "correlate-kernel-gradient": (limits) => kernelGradientCall("correlate", limits),
  "correlate-transpose": transposeCall,
  update: updateCall,
  "locally-connected": locallyConnectedCall,
  "locally-connected-input-gradient": locallyConnectedInputGradientCall,
  "locally-connected-kernel-gradient": locallyConnectedKernelGradientCall,
  "locally-connected-bias-gradient": locallyConnectedBiasGradientCall,
  tiled: tiledCall,
  "tiled-input-gradient": tiledInputGradientCall,
  "tiled-kernel-gradient": tiledKernelGradientCall,
  relu: reluCall,
  "relu-gradient": reluGradientCall,
  dense: denseCall,
  "dense-input-gradient": denseInputGradientCall,
  "dense-weight-gradient": denseWeightGradientCall,
  "dense-bias-gradient": denseBiasGradientCall,
  "batch-norm": batchNormCall,
  "batch-norm-inference": batchNormInferenceCall,
  "batch-norm-gradient": batchNormGradientCall,
  "batch-norm-inference-gradient": batchNormInferenceGradientCall,
  add: addCall,
  concatenate: concatenateCall,
  "concatenate-gradient": concatenateGradientCall,
};

/** Any valid call of an operator. */
export const drawnCall = (operator: OperatorName, limits: CallLimits = {}): fc.Arbitrary<Invocation> =>
  calls[operator](limits);
