import type { InputExtents } from "../spec/index.ts";
import { adaptiveCells, adaptiveHolding } from "./adaptive-window.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** GRAD-26   dV[n,c,v] = Σ_p G[n,c,p] / D[p] over the windows p of the grid that hold v, D[p] their elements */
export const adaptiveAveragePoolGradient = <T>(
  x: Arithmetic<T>,
  { G }: { readonly G: TensorOf<T> },
  { input: X }: InputExtents,
) => {
  const [N, C, ...P] = G.shape;

  const dV = tensor([N, C, ...X], ([n, c, ...v]) =>
    sum(
      x,
      adaptiveHolding(X, P, v).map((p) => x.scale(G.at(n, c, ...p), 1, adaptiveCells(X, P, p).length)),
    ),
  );
  return { dV };
};
