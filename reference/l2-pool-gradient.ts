import { type PoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { squares } from "./l2-pool.ts";
import type { PoolGradientInputs } from "./max-pool-gradient.ts";
import { windowElements, windowsHolding } from "./pool-window.ts";
import { tensor } from "./tensor.ts";

/** GRAD-23   dV[n,c,v] = Σ_p G[n,c,p] · V[n,c,v] / Z[n,c,p] over the windows p that hold v and whose norm Z is not 0 */
export const l2PoolGradient = <T>(x: Arithmetic<T>, { V, G }: PoolGradientInputs<T>, attributes: PoolAttributes) => {
  const [N, C, ...X] = V.shape;
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);
  const Z = tensor([N, C, ...P], ([n, c, ...p]) => x.sqrt(squares(x, windowElements(V, n, c, p, a, attributes))));

  const dV = tensor(V.shape, ([n, c, ...v]) => {
    const holding = windowsHolding(P, v, a, attributes).filter(({ p }) => x.compare(Z.at(n, c, ...p), x.zero) !== 0);
    return sum(
      x,
      holding.map(({ p }) => x.divide(x.multiply(G.at(n, c, ...p), V.at(n, c, ...v)), Z.at(n, c, ...p))),
    );
  });
  return { dV };
};
