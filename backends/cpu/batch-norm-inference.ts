import { channelGrain, channelsOf } from "./common/channels.ts";
import { batchNormInferenceKernel } from "./kernels/batch-norm-inference.ts";
import type { Operator } from "./operator.ts";

/** NORM-3: x [N, C, …X] normalised with given statistics [C]. */
export const batchNormInference: Operator<"batch-norm-inference"> = {
  run: (scope, { x, gamma, beta, mean, variance }, { epsilon }) => {
    const channels = channelsOf(x.shape);
    const y = scope.output(x.shape);
    scope.run(
      scope.kernel(`batch-norm-inference ${JSON.stringify(channels)}`, () => [batchNormInferenceKernel(channels)]),
      "normalise",
      { items: channels.C, grain: channelGrain(channels, 2) },
      epsilon,
      scope.input(x),
      scope.input(gamma),
      scope.input(beta),
      y,
      scope.input(mean),
      scope.input(variance),
    );
    return { y: scope.result(y, x.shape) };
  },
};
