import { sizeOf } from "../../spec/index.ts";
import { channelPoolGradientKernel } from "./kernels/channel-pool-gradient.ts";
import type { Operator } from "./operator.ts";

/** GRAD-27: the gradient of pooling over channels, dV [N, C, …X], from V and G [N, C/size, …X]; of equal channels the first wins. */
export const channelPoolGradient: Operator<"channel-pool-gradient"> = {
  run: (scope, { V, G }, { size }) => {
    const plane = sizeOf(V.shape.slice(2));
    const groups = (V.shape[0] * V.shape[1]) / size;
    const dV = scope.output(V.shape);
    const kernel = scope.kernel(`channel-pool-gradient ${plane} ${size}`, () => [
      channelPoolGradientKernel(plane, size),
    ]);
    const grain = Math.ceil(20_000 / (plane * size + 10));
    scope.run(kernel, "gradient", { items: groups, grain }, scope.input(V), scope.input(G), dV);
    return { dV: scope.result(dV, V.shape) };
  },
};
