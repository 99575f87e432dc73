import { sizeOf } from "../../spec/index.ts";
import { channelPoolKernel } from "./kernels/channel-pool.ts";
import type { Operator } from "./operator.ts";

/** POOL-10: the maximum over each group of channels of V [N, C, …X], giving Z [N, C/size, …X]; NaN where it holds one. */
export const channelPool: Operator<"channel-pool"> = {
  run: (scope, { V }, { size }) => {
    const plane = sizeOf(V.shape.slice(2));
    const groups = (V.shape[0] * V.shape[1]) / size;
    const shape = V.shape.with(1, V.shape[1] / size);
    const Z = scope.output(shape);
    const kernel = scope.kernel(`channel-pool ${plane} ${size}`, () => [channelPoolKernel(plane, size)]);
    const grain = Math.ceil(80_000 / (plane * size + 40));
    scope.run(kernel, "pool", { items: groups, grain }, scope.input(V), Z);
    return { Z: scope.result(Z, shape) };
  },
};
