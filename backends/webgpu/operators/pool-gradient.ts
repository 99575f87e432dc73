import { sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { StoredTensor } from "../device/tensor.ts";
import type { Plan } from "./plan.ts";
import { divisors, weightsOf, winnersOf } from "./pool.ts";
import { adaptive, overChannels, sliding, type Windows } from "./pool-windows.ts";

type Spread = { readonly G: StoredTensor; readonly dV: StoredTensor };

const spread = (on: Recording, windows: Windows, divisor: keyof typeof divisors, { G, dV }: Spread): void =>
  on.run({
    kernel: "sum-pool-gradient",
    buffers: { G, dV },
    uniforms: windows.uniforms,
    constants: { ...windows.constants, divisor: divisors[divisor] },
    invocations: windows.elements,
  });

/** Each error to the winner of its window, which is found first. */
const route = (on: Recording, windows: Windows, { V, G, dV }: Spread & { readonly V: StoredTensor }): void => {
  const winners = winnersOf(on, V, windows);
  const { uniforms, constants, elements } = windows;
  on.run({ kernel: "max-pool-gradient", buffers: { G, winners, dV }, uniforms, constants, invocations: elements });
};

const maxPoolGradient: Plan<"max-pool-gradient"> = (on, { inputs: { V, G }, attributes, outputs: { dV } }) =>
  route(on, sliding(V.shape, attributes), { V, G, dV });

const averagePoolGradient: Plan<"average-pool-gradient"> = (on, { inputs: { G }, attributes, outputs: { dV } }) =>
  spread(on, sliding(dV.shape, attributes), attributes.divisor, { G, dV });

const sumPoolGradient: Plan<"sum-pool-gradient"> = (on, { inputs: { G }, attributes, outputs: { dV } }) =>
  spread(on, sliding(dV.shape, attributes), "none", { G, dV });

const l2PoolGradient: Plan<"l2-pool-gradient"> = (on, { inputs: { V, G }, attributes, outputs: { dV } }) => {
  const { uniforms, constants, windows, elements } = sliding(V.shape, attributes);
  const norms = on.words(windows);
  const aliases = { result: "f32" } as const;
  on.run({ kernel: "l2-pool", buffers: { V, Z: norms }, uniforms, constants, aliases, invocations: windows });
  on.run({ kernel: "l2-pool-gradient", buffers: { V, G, norms, dV }, uniforms, constants, invocations: elements });
};

const weightedPoolGradient: Plan<"weighted-pool-gradient"> = (on, { inputs: { G }, attributes, outputs: { dV } }) => {
  const { uniforms, constants, elements } = sliding(dV.shape, attributes);
  const weights = on.table(weightsOf(attributes));
  const positions = sizeOf(uniforms.P);
  const totals = on.words(positions);
  const buffers = { weights, totals };
  on.run({ kernel: "weighted-pool-totals", buffers, uniforms, constants, invocations: positions });
  const all = { ...buffers, G, dV };
  on.run({ kernel: "weighted-pool-gradient", buffers: all, uniforms, constants, invocations: elements });
};

const adaptiveMaxPoolGradient: Plan<"adaptive-max-pool-gradient"> = (
  on,
  { inputs: { V, G }, attributes: { grid }, outputs: { dV } },
) => route(on, adaptive(V.shape, grid), { V, G, dV });

const adaptiveAveragePoolGradient: Plan<"adaptive-average-pool-gradient"> = (on, { inputs: { G }, outputs: { dV } }) =>
  spread(on, adaptive(dV.shape, G.shape.slice(2)), "valid", { G, dV });

const channelPoolGradient: Plan<"channel-pool-gradient"> = (
  on,
  { inputs: { V, G }, attributes: { size }, outputs: { dV } },
) => route(on, overChannels(V.shape, size), { V, G, dV });

export const poolGradientPlans = {
  "max-pool-gradient": maxPoolGradient,
  "average-pool-gradient": averagePoolGradient,
  "sum-pool-gradient": sumPoolGradient,
  "l2-pool-gradient": l2PoolGradient,
  "weighted-pool-gradient": weightedPoolGradient,
  "adaptive-max-pool-gradient": adaptiveMaxPoolGradient,
  "adaptive-average-pool-gradient": adaptiveAveragePoolGradient,
  "channel-pool-gradient": channelPoolGradient,
};
