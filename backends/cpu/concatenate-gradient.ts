import { sizeOf } from "../../spec/index.ts";
import type { Operator } from "./operator.ts";

/** GRAD-51: the channels of G [N, C, …X] that came from one branch. */
export const concatenateGradient: Operator<"concatenate-gradient"> = {
  run: (scope, { G }, { channels, part }) => {
    const [N, C, ...X] = G.shape;
    const plane = sizeOf(X);
    const before = channels.slice(0, part).reduce((total, count) => total + count, 0) * plane;
    const own = channels[part] * plane;
    const dV = scope.filled([N, channels[part], ...X]);
    for (let n = 0; n < N; n++) {
      const from = n * C * plane + before;
      dV.data.set(G.data.subarray(from, from + own), n * own);
    }
    return { dV };
  },
};
