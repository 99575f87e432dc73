import type { AdaptiveAttributes } from "../spec/index.ts";
import { adaptiveCells, adaptiveHolding } from "./adaptive-window.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { Choices } from "./choices.ts";
import { type PoolGradientInputs, same } from "./max-pool-gradient.ts";
import { winners } from "./max-pool-winners.ts";
import { tensor } from "./tensor.ts";

/** GRAD-25   dV[n,c,v] = Σ_p G[n,c,p] over the windows p of the grid that v wins */
export const adaptiveMaxPoolGradient = <T>(
  x: Arithmetic<T>,
  { V, G }: PoolGradientInputs<T>,
  { grid: P }: AdaptiveAttributes,
  choices: Choices,
) => {
  const X = V.shape.slice(2);
  const W = winners(x, V, P, (p) => adaptiveCells(X, P, p), choices);

  const dV = tensor(V.shape, ([n, c, ...v]) => {
    const won = adaptiveHolding(X, P, v).filter((p) => same(W.at(n, c, ...p), v));
    return sum(
      x,
      won.map((p) => G.at(n, c, ...p)),
    );
  });
  return { dV };
};
