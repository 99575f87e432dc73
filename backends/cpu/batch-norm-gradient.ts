import { channelGrain, channelsOf } from "./common/channels.ts";
import { batchNormGradientKernel } from "./kernels/batch-norm-gradient.ts";
import type { Operator } from "./operator.ts";

/** GRAD-49: from x and G [N, C, …X] and gamma [C] the gradients dx [N, C, …X], dgamma [C] and dbeta [C]. */
export const batchNormGradient: Operator<"batch-norm-gradient"> = {
  run: (scope, { x, gamma, G }, { epsilon }) => {
    const channels = channelsOf(x.shape);
    const { C } = channels;
    const [dx, dgamma, dbeta] = [scope.output(x.shape), scope.output([C]), scope.output([C])];
    scope.run(
      scope.kernel(`batch-norm-gradient ${JSON.stringify(channels)}`, () => [batchNormGradientKernel(channels)]),
      "gradient",
      { items: C, grain: channelGrain(channels, 8) },
      epsilon,
      scope.input(x),
      scope.input(gamma),
      scope.input(G),
      dx,
      dgamma,
      dbeta,
    );
    return {
      dx: scope.result(dx, x.shape),
      dgamma: scope.result(dgamma, [C]),
      dbeta: scope.result(dbeta, [C]),
    };
  },
};
