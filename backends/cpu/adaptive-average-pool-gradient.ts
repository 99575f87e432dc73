import { averagePoolGradient } from "./average-pool-gradient.ts";
import { evenWindow } from "./common/grid.ts";
import type { Operator } from "./operator.ts";
import { adaptiveAveragePoolGradient as plain } from "./plain/adaptive-average-pool-gradient.ts";

/** GRAD-26: the gradient of adaptive average pooling, dV [N, C, …X], from G [N, C, …grid]; plain loops where windows differ in size. */
export const adaptiveAveragePoolGradient: Operator<"adaptive-average-pool-gradient"> = {
  run: (scope, { G }, { input }) => {
    const window = evenWindow(input, G.shape.slice(2));
    return window
      ? averagePoolGradient.run(scope, { G }, { ...window, input, divisor: "valid" })
      : plain({ G }, { input });
  },
};
