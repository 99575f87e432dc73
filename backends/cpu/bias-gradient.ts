import { channelGrain, channelsOf } from "./common/channels.ts";
import { channelSum } from "./kernels/channel-sum.ts";
import type { Operator } from "./operator.ts";

/** GRAD-9: from G [N, O, …P] the gradient db [O] of the bias. */
export const biasGradient: Operator<"bias-gradient"> = {
  run: (scope, { G }) => {
    const channels = channelsOf(G.shape);
    const db = scope.output([channels.C]);
    scope.run(
      scope.kernel(`channel-sum ${JSON.stringify(channels)}`, () => [channelSum(channels)]),
      "sum",
      { items: channels.C, grain: channelGrain(channels, 1) },
      scope.input(G),
      db,
    );
    return { db: scope.result(db, [channels.C]) };
  },
};
