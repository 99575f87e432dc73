import { channelGrain, channelsOf } from "./common/channels.ts";
import { batchNormKernel } from "./kernels/batch-norm.ts";
import type { Operator } from "./operator.ts";

/** NORM-2: x [N, C, …X] normalised over the batch, with the statistics [C] of each channel. */
export const batchNorm: Operator<"batch-norm"> = {
  run: (scope, { x, gamma, beta }, { epsilon }) => {
    const channels = channelsOf(x.shape);
    const { C } = channels;
    const [y, mean, variance] = [scope.output(x.shape), scope.output([C]), scope.output([C])];
    scope.run(
      scope.kernel(`batch-norm ${JSON.stringify(channels)}`, () => [batchNormKernel(channels)]),
      "normalise",
      { items: C, grain: channelGrain(channels, 4) },
      epsilon,
      scope.input(x),
      scope.input(gamma),
      scope.input(beta),
      y,
      mean,
      variance,
    );
    return {
      y: scope.result(y, x.shape),
      mean: scope.result(mean, [C]),
      variance: scope.result(variance, [C]),
    };
  },
};
