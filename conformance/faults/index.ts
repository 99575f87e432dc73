import { anyFaults } from "./any.ts";
import { channelPoolFaults } from "./channel-pool.ts";
import { denseFaults } from "./dense.ts";
import type { Fault } from "./fault.ts";
import { gridPoolFaults } from "./grid-pool.ts";
import { gridPoolGradientFaults } from "./grid-pool-gradient.ts";
import { kernelFaults } from "./kernel.ts";
import { kernelGradientFaults } from "./kernel-gradient.ts";
import { largeFaults } from "./large.ts";
import { layerFaults } from "./layers.ts";
import { localFaults } from "./local.ts";
import { normFaults } from "./norm.ts";
import { poolFaults } from "./pool.ts";
import { poolGradientFaults } from "./pool-gradient.ts";
import { rareFaults } from "./rare.ts";
import { rememberedFaults } from "./remembered.ts";
import { signedZeroFaults } from "./signed-zero.ts";
import { sumPoolFaults } from "./sum-pools.ts";
import { winnerFaults } from "./winners.ts";

/** The zoo by what is wrong, the particular faults before those that any operator can have. */
export const families: Readonly<Record<string, readonly Fault[]>> = {
  "convolution and correlation: where the kernel slides": kernelFaults.windows,
  "convolution and correlation: samples, channels, groups, tails, bias": kernelFaults.loops,
  "convolution and correlation: numbers": kernelFaults.numbers,
  "transpose, input and kernel gradients": kernelGradientFaults,
  "locally connected and tiled, and their gradients": localFaults,
  "maximum and average pooling": poolFaults,
  "sum, L2 and weighted pooling": sumPoolFaults,
  "places of the largest": winnerFaults,
  "pooling to a grid": gridPoolFaults,
  "pooling over channels": channelPoolFaults,
  "gradients of sliding poolings": poolGradientFaults,
  "gradients of poolings to a grid and over channels": gridPoolGradientFaults,
  "dense layers and their gradients": denseFaults,
  "normalisation and its gradients": normFaults,
  "ReLU, addition, concatenation, update": layerFaults,
  "calls past a limit": largeFaults,
  "the sign of a zero": signedZeroFaults,
  "any operator: refusals, inputs, unwritten results": anyFaults.filter(({ stateful }) => !stateful),
  "any operator: memory, threads, races": anyFaults.filter(({ stateful }) => stateful),
  "any operator: rare values, several extents at once, the form of a result": rareFaults,
  "any operator: memory that shows late": rememberedFaults,
};

/** The zoo: every planted fault. */
export const faults: readonly Fault[] = Object.values(families).flat();
