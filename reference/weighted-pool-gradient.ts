import { type InputExtents, type PoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { windowsHolding, windowTaps } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";
import { totalWeight, weighted } from "./weighted-pool.ts";

/** GRAD-24   dV[n,c,v] = Σ_p G[n,c,p] · w[k] / Σ_m w[m] over the windows p that hold v, at tap k; m runs over their elements */
export const weightedPoolGradient = <T>(
  x: Arithmetic<T>,
  { G }: { readonly G: TensorOf<T> },
  attributes: PoolAttributes & InputExtents,
) => {
  const [N, C] = G.shape;
  const X = attributes.input;
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);
  const total = tensor(P, (p) => totalWeight(x, windowTaps(X, p, a, attributes), attributes));

  const dV = tensor([N, C, ...X], ([n, c, ...v]) =>
    sum(
      x,
      windowsHolding(P, v, a, attributes).map(({ k, p }) =>
        x.divide(weighted(x, G.at(n, c, ...p), k, attributes), total.at(...p)),
      ),
    ),
  );
  return { dV };
};
