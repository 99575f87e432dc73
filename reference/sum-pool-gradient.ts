import { type InputExtents, type PoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { windowsHolding } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** GRAD-22   dV[n,c,v] = Σ_p G[n,c,p] over the windows p that hold v */
export const sumPoolGradient = <T>(
  x: Arithmetic<T>,
  { G }: { readonly G: TensorOf<T> },
  attributes: PoolAttributes & InputExtents,
) => {
  const [N, C] = G.shape;
  const X = attributes.input;
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);

  const dV = tensor([N, C, ...X], ([n, c, ...v]) =>
    sum(
      x,
      windowsHolding(P, v, a, attributes).map(({ p }) => G.at(n, c, ...p)),
    ),
  );
  return { dV };
};
