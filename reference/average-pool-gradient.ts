import { type AveragePoolGradientAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { paddedCells, windowsHolding, windowTaps } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** GRAD-21   dV[n,c,v] = Σ_p G[n,c,p] / D[p] over the windows p that hold v, D[p] what POOL-3 divides their sum by */
export const averagePoolGradient = <T>(
  x: Arithmetic<T>,
  { G }: { readonly G: TensorOf<T> },
  attributes: AveragePoolGradientAttributes,
) => {
  const [N, C] = G.shape;
  const X = attributes.input;
  const { begin: a, end, extents: P } = resolveWindow(X, attributes.window, attributes);
  const D = (p: readonly number[]) =>
    attributes.divisor === "valid" ? windowTaps(X, p, a, attributes).length : paddedCells(X, p, end, a, attributes);

  const dV = tensor([N, C, ...X], ([n, c, ...v]) =>
    sum(
      x,
      windowsHolding(P, v, a, attributes).map(({ p }) => x.scale(G.at(n, c, ...p), 1, D(p))),
    ),
  );
  return { dV };
};
