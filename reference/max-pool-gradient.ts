import { type PoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { Choices } from "./choices.ts";
import { windowWinners } from "./max-pool-winners.ts";
import { windowsHolding } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** The input of a forward pooling and the gradient with respect to its output. */
export interface PoolGradientInputs<T> {
  readonly V: TensorOf<T>;
  readonly G: TensorOf<T>;
}

/** Whether two places are one. */
export const same = (v: readonly number[] | undefined, w: readonly number[]): boolean => String(v) === String(w);

/** GRAD-20   dV[n,c,v] = Σ_p G[n,c,p] over the windows p that v wins */
export const maxPoolGradient = <T>(
  x: Arithmetic<T>,
  { V, G }: PoolGradientInputs<T>,
  attributes: PoolAttributes,
  choices: Choices,
) => {
  const { begin: a, extents: P } = resolveWindow(V.shape.slice(2), attributes.window, attributes);
  const W = windowWinners(x, V, attributes, choices);

  const dV = tensor(V.shape, ([n, c, ...v]) => {
    const won = windowsHolding(P, v, a, attributes).filter(({ p }) => same(W.at(n, c, ...p), v));
    return sum(
      x,
      won.map(({ p }) => G.at(n, c, ...p)),
    );
  });
  return { dV };
};
