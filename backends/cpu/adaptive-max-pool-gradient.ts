import { evenWindow } from "./common/grid.ts";
import { maxPoolGradient } from "./max-pool-gradient.ts";
import type { Operator } from "./operator.ts";
import { adaptiveMaxPoolGradient as plain } from "./plain/adaptive-max-pool-gradient.ts";

/** GRAD-25: the gradient of adaptive max pooling, dV [N, C, …X], from V and G [N, C, …grid]; plain loops where windows differ in size. */
export const adaptiveMaxPoolGradient: Operator<"adaptive-max-pool-gradient"> = {
  run: (scope, { V, G }, { grid }) => {
    const window = evenWindow(V.shape.slice(2), grid);
    return window ? maxPoolGradient.run(scope, { V, G }, window) : plain({ V, G }, { grid });
  },
};
