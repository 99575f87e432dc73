import { type PoolAttributes, sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { Area, StoredTensor } from "../device/tensor.ts";
import type { Plan } from "./plan.ts";
import { adaptive, overChannels, sliding, type Windows } from "./pool-windows.ts";

/** What a window's sum is divided by, as the kernels number it. */
export const divisors = { none: 0, valid: 1, padded: 2 } as const;

type Reduced = { readonly V: StoredTensor; readonly Z: StoredTensor };

const largest = (on: Recording, { uniforms, constants, windows }: Windows, { V, Z }: Reduced): void =>
  on.run({ kernel: "max-pool", buffers: { V, Z }, uniforms, constants, invocations: windows });

const sum = (on: Recording, windows: Windows, divisor: keyof typeof divisors, { V, Z }: Reduced): void =>
  on.run({
    kernel: "sum-pool",
    buffers: { V, Z },
    uniforms: windows.uniforms,
    constants: { ...windows.constants, divisor: divisors[divisor] },
    invocations: windows.windows,
  });

/** The place in its plane of the winner of every window, as integers. */
export function winnersOf(on: Recording, V: StoredTensor, { uniforms, constants, windows }: Windows): Area {
  const winners = on.words(windows);
  on.run({ kernel: "pool-winners", buffers: { V, winners }, uniforms, constants, invocations: windows });
  return winners;
}

/** POOL-6: the weight 1 / (1 + squared distance from the centre) of each tap of a window, row-major. */
export function weightsOf({ window, dilation }: PoolAttributes): Float32Array {
  let squared = [0];
  for (const [axis, r] of window.entries()) {
    const own = Array.from({ length: r }, (_, k) => (dilation[axis] * (k - (r - 1) / 2)) ** 2);
    squared = squared.flatMap((before) => own.map((more) => before + more));
  }
  return Float32Array.from(squared, (distance) => 1 / (1 + distance));
}

const maxPool: Plan<"max-pool"> = (on, { inputs: { V }, attributes, outputs: { Z } }) =>
  largest(on, sliding(V.shape, attributes), { V, Z });

const maxPoolWinners: Plan<"max-pool-winners"> = (on, { inputs: { V }, attributes, outputs: { Z } }) => {
  const integers = winnersOf(on, V, sliding(V.shape, attributes));
  const size = sizeOf(Z.shape);
  on.run({ kernel: "as-number", buffers: { integers, Z }, uniforms: { size }, invocations: size });
};

const averagePool: Plan<"average-pool"> = (on, { inputs: { V }, attributes, outputs: { Z } }) =>
  sum(on, sliding(V.shape, attributes), attributes.divisor, { V, Z });

const sumPool: Plan<"sum-pool"> = (on, { inputs: { V }, attributes, outputs: { Z } }) =>
  sum(on, sliding(V.shape, attributes), "none", { V, Z });

const l2Pool: Plan<"l2-pool"> = (on, { inputs: { V }, attributes, outputs: { Z } }) => {
  const { uniforms, constants, windows } = sliding(V.shape, attributes);
  const aliases = { result: on.format };
  on.run({ kernel: "l2-pool", buffers: { V, Z }, uniforms, constants, aliases, invocations: windows });
};

const weightedPool: Plan<"weighted-pool"> = (on, { inputs: { V }, attributes, outputs: { Z } }) => {
  const { uniforms, constants, windows } = sliding(V.shape, attributes);
  const weights = on.table(weightsOf(attributes));
  on.run({ kernel: "weighted-pool", buffers: { V, weights, Z }, uniforms, constants, invocations: windows });
};

const adaptiveMaxPool: Plan<"adaptive-max-pool"> = (on, { inputs: { V }, attributes: { grid }, outputs: { Z } }) =>
  largest(on, adaptive(V.shape, grid), { V, Z });

const adaptiveAveragePool: Plan<"adaptive-average-pool"> = (
  on,
  { inputs: { V }, attributes: { grid }, outputs: { Z } },
) => sum(on, adaptive(V.shape, grid), "valid", { V, Z });

const channelPool: Plan<"channel-pool"> = (on, { inputs: { V }, attributes: { size }, outputs: { Z } }) =>
  largest(on, overChannels(V.shape, size), { V, Z });

export const poolPlans = {
  "max-pool": maxPool,
  "max-pool-winners": maxPoolWinners,
  "average-pool": averagePool,
  "sum-pool": sumPool,
  "l2-pool": l2Pool,
  "weighted-pool": weightedPool,
  "adaptive-max-pool": adaptiveMaxPool,
  "adaptive-average-pool": adaptiveAveragePool,
  "channel-pool": channelPool,
};
