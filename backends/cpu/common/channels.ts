import { type Shape, sizeOf, type Tensor } from "../../../spec/index.ts";
import { BATCH_SUM_BLOCK, batchSum } from "../kernels/batch-sum.ts";
import type { Channels } from "../kernels/channel.ts";
import type { Scope } from "../runtime/scope.ts";

/** What the code of a kernel over channels depends on, for a tensor [N, C, …X]. */
export const channelsOf = ([N, C, ...X]: Shape): Channels => ({ N, C, plane: sizeOf(X) });

/** How many channels take 20 µs, if an element takes so many passes of a quarter of a nanosecond. */
export const channelGrain = ({ N, plane }: Channels, passes: number): number =>
  Math.ceil(80_000 / (passes * (N * (plane + 40) + 40)));

/** Σ_n G[n, …]: the sum over the first axis. */
export function sumOverBatch(scope: Scope, G: Tensor): Tensor {
  const [N, ...shape] = G.shape;
  const size = sizeOf(shape);
  const total = scope.output(shape);
  scope.run(
    scope.kernel(`batch-sum ${N} ${size}`, () => [batchSum(N, size)]),
    "sum",
    { items: Math.ceil(size / BATCH_SUM_BLOCK), grain: Math.ceil(300 / (N + 1)) },
    scope.input(G),
    total,
  );
  return scope.result(total, shape);
}
