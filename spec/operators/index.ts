import type { Operator, OperatorTypes } from "../operator.ts";
import type { Tensor } from "../tensor.ts";
import { type AdaptiveAveragePool, adaptiveAveragePool } from "./adaptive-average-pool.ts";
import { type AdaptiveAveragePoolGradient, adaptiveAveragePoolGradient } from "./adaptive-average-pool-gradient.ts";
import { type AdaptiveMaxPool, adaptiveMaxPool } from "./adaptive-max-pool.ts";
import { type AdaptiveMaxPoolGradient, adaptiveMaxPoolGradient } from "./adaptive-max-pool-gradient.ts";
import { type Add, add } from "./add.ts";
import { type AveragePool, averagePool } from "./average-pool.ts";
import { type AveragePoolGradient, averagePoolGradient } from "./average-pool-gradient.ts";
import { type BatchNorm, batchNorm } from "./batch-norm.ts";
import { type BatchNormGradient, batchNormGradient } from "./batch-norm-gradient.ts";
import { type BatchNormInference, batchNormInference } from "./batch-norm-inference.ts";
import { type BatchNormInferenceGradient, batchNormInferenceGradient } from "./batch-norm-inference-gradient.ts";
import { type BiasGradient, biasGradient } from "./bias-gradient.ts";
import { type ChannelPool, channelPool } from "./channel-pool.ts";
import { type ChannelPoolGradient, channelPoolGradient } from "./channel-pool-gradient.ts";
import { type Concatenate, concatenate } from "./concatenate.ts";
import { type ConcatenateGradient, concatenateGradient } from "./concatenate-gradient.ts";
import { type Convolve, convolve } from "./convolve.ts";
import { type ConvolveInputGradient, convolveInputGradient } from "./convolve-input-gradient.ts";
import { type ConvolveKernelGradient, convolveKernelGradient } from "./convolve-kernel-gradient.ts";
import { type Correlate, correlate } from "./correlate.ts";
import { correlateInputGradient, type InputGradient } from "./correlate-input-gradient.ts";
import { correlateKernelGradient, type KernelGradient } from "./correlate-kernel-gradient.ts";
import { type CorrelateTranspose, correlateTranspose } from "./correlate-transpose.ts";
import { type Dense, dense } from "./dense.ts";
import { type DenseBiasGradient, denseBiasGradient } from "./dense-bias-gradient.ts";
import { type DenseInputGradient, denseInputGradient } from "./dense-input-gradient.ts";
import { type DenseWeightGradient, denseWeightGradient } from "./dense-weight-gradient.ts";
import { type L2Pool, l2Pool } from "./l2-pool.ts";
import { type L2PoolGradient, l2PoolGradient } from "./l2-pool-gradient.ts";
import { type LocallyConnected, locallyConnected } from "./locally-connected.ts";
import { type LocallyConnectedBiasGradient, locallyConnectedBiasGradient } from "./locally-connected-bias-gradient.ts";
import {
  type LocallyConnectedInputGradient,
  locallyConnectedInputGradient,
} from "./locally-connected-input-gradient.ts";
import {
  type LocallyConnectedKernelGradient,
  locallyConnectedKernelGradient,
} from "./locally-connected-kernel-gradient.ts";
import { type MaxPool, maxPool } from "./max-pool.ts";
import { type MaxPoolGradient, maxPoolGradient } from "./max-pool-gradient.ts";
import { type MaxPoolWinners, maxPoolWinners } from "./max-pool-winners.ts";
import { type Relu, relu } from "./relu.ts";
import { type ReluGradient, reluGradient } from "./relu-gradient.ts";
import { type SumPool, sumPool } from "./sum-pool.ts";
import { type SumPoolGradient, sumPoolGradient } from "./sum-pool-gradient.ts";
import { type Tiled, tiled } from "./tiled.ts";
import { type TiledInputGradient, tiledInputGradient } from "./tiled-input-gradient.ts";
import { type TiledKernelGradient, tiledKernelGradient } from "./tiled-kernel-gradient.ts";
import { type Update, update } from "./update.ts";
import { type WeightedPool, weightedPool } from "./weighted-pool.ts";
import { type WeightedPoolGradient, weightedPoolGradient } from "./weighted-pool-gradient.ts";

/** Every operator of the spec, by name: its inputs, attributes and outputs as types. */
export interface OperatorTypesByName {
  correlate: Correlate;
  convolve: Convolve;
  "max-pool": MaxPool;
  "average-pool": AveragePool;
  "sum-pool": SumPool;
  "l2-pool": L2Pool;
  "weighted-pool": WeightedPool;
  "max-pool-winners": MaxPoolWinners;
  "adaptive-max-pool": AdaptiveMaxPool;
  "adaptive-average-pool": AdaptiveAveragePool;
  "channel-pool": ChannelPool;
  "max-pool-gradient": MaxPoolGradient;
  "average-pool-gradient": AveragePoolGradient;
  "sum-pool-gradient": SumPoolGradient;
  "l2-pool-gradient": L2PoolGradient;
  "weighted-pool-gradient": WeightedPoolGradient;
  "adaptive-max-pool-gradient": AdaptiveMaxPoolGradient;
  "adaptive-average-pool-gradient": AdaptiveAveragePoolGradient;
  "channel-pool-gradient": ChannelPoolGradient;
  "bias-gradient": BiasGradient;
  "convolve-input-gradient": ConvolveInputGradient;
  "convolve-kernel-gradient": ConvolveKernelGradient;
  "correlate-input-gradient": InputGradient;
  "correlate-kernel-gradient": KernelGradient;
  "correlate-transpose": CorrelateTranspose;
  update: Update;
  "locally-connected": LocallyConnected;
  "locally-connected-input-gradient": LocallyConnectedInputGradient;
  "locally-connected-kernel-gradient": LocallyConnectedKernelGradient;
  "locally-connected-bias-gradient": LocallyConnectedBiasGradient;
  tiled: Tiled;
  "tiled-input-gradient": TiledInputGradient;
  "tiled-kernel-gradient": TiledKernelGradient;
  relu: Relu;
  "relu-gradient": ReluGradient;
  dense: Dense;
  "dense-input-gradient": DenseInputGradient;
  "dense-weight-gradient": DenseWeightGradient;
  "dense-bias-gradient": DenseBiasGradient;
  "batch-norm": BatchNorm;
  "batch-norm-inference": BatchNormInference;
  "batch-norm-gradient": BatchNormGradient;
  "batch-norm-inference-gradient": BatchNormInferenceGradient;
  add: Add;
  concatenate: Concatenate;
  "concatenate-gradient": ConcatenateGradient;
}

export type OperatorName = keyof OperatorTypesByName;

/** Every operator of the spec, by name. */
export const operators: { readonly [N in OperatorName]: Operator<OperatorTypesByName[N]> } = {
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
};

export const operatorNames = Object.keys(operators) as readonly OperatorName[];

export const isOperatorName = (name: string): name is OperatorName => Object.hasOwn(operators, name);

export type AttributesOf<N extends OperatorName> = OperatorTypesByName[N]["attributes"];

/** The stored inputs of a call: the optional ones may be missing. */
export type InputsOf<N extends OperatorName> = OperatorTypesByName[N] extends infer T extends OperatorTypes
  ? { readonly [name in T["inputs"]]: Tensor } & { readonly [name in T["optional"]]?: Tensor }
  : never;

export type OutputsOf<N extends OperatorName> = { readonly [name in OperatorTypesByName[N]["outputs"]]: Tensor };

/** An operator as one that takes any call, for code that serves them all. */
export const operatorNamed = (name: OperatorName): Operator => operators[name] as unknown as Operator;

export type { AveragePoolAttributes } from "./average-pool.ts";
export type { AveragePoolGradientAttributes } from "./average-pool-gradient.ts";
export type { BatchNormAttributes } from "./batch-norm.ts";
export type { ChannelPoolAttributes } from "./channel-pool.ts";
export type { ConcatenateGradientAttributes } from "./concatenate-gradient.ts";
export type { CorrelateAttributes } from "./correlate.ts";
export type { InputGradientAttributes } from "./correlate-input-gradient.ts";
export type { KernelGradientAttributes } from "./correlate-kernel-gradient.ts";
export { type CorrelateTransposeAttributes, transposedExtents } from "./correlate-transpose.ts";
export { type UnsharedWeights, unsharedWeights } from "./locally-connected.ts";
export type { LocallyConnectedInputGradientAttributes } from "./locally-connected-input-gradient.ts";
export type { KernelExtents, LocallyConnectedKernelGradientAttributes } from "./locally-connected-kernel-gradient.ts";
export { type Tiles, tilesOf } from "./tiled.ts";
export type { TiledInputGradientAttributes } from "./tiled-input-gradient.ts";
export type { TiledKernelGradientAttributes } from "./tiled-kernel-gradient.ts";
export type { UpdateAttributes } from "./update.ts";
export {
  adaptiveAveragePool,
  adaptiveAveragePoolGradient,
  adaptiveMaxPool,
  adaptiveMaxPoolGradient,
  add,
  averagePool,
  averagePoolGradient,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
  biasGradient,
  channelPool,
  channelPoolGradient,
  concatenate,
  concatenateGradient,
  convolve,
  convolveInputGradient,
  convolveKernelGradient,
  correlate,
  correlateInputGradient,
  correlateKernelGradient,
  correlateTranspose,
  dense,
  denseBiasGradient,
  denseInputGradient,
  denseWeightGradient,
  l2Pool,
  l2PoolGradient,
  locallyConnected,
  locallyConnectedBiasGradient,
  locallyConnectedInputGradient,
  locallyConnectedKernelGradient,
  maxPool,
  maxPoolGradient,
  maxPoolWinners,
  relu,
  reluGradient,
  sumPool,
  sumPoolGradient,
  tiled,
  tiledInputGradient,
  tiledKernelGradient,
  update,
  weightedPool,
  weightedPoolGradient,
};
