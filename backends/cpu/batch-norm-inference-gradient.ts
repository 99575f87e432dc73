import { channelGrain, channelsOf } from "./common/channels.ts";
import { batchNormInferenceGradientKernel } from "./kernels/batch-norm-inference.ts";
import type { Operator } from "./operator.ts";

/** GRAD-50: gamma · G / √(variance + ε), channel by channel. */
export const batchNormInferenceGradient: Operator<"batch-norm-inference-gradient"> = {
  run: (scope, { G, gamma, variance }, { epsilon }) => {
    const channels = channelsOf(G.shape);
    const dx = scope.output(G.shape);
    scope.run(
      scope.kernel(`batch-norm-inference-gradient ${JSON.stringify(channels)}`, () => [
        batchNormInferenceGradientKernel(channels),
      ]),
      "gradient",
      { items: channels.C, grain: channelGrain(channels, 2) },
      epsilon,
      scope.input(G),
      scope.input(gamma),
      scope.input(variance),
      dx,
    );
    return { dx: scope.result(dx, G.shape) };
  },
};
