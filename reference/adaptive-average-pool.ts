import type { AdaptiveAttributes } from "../spec/index.ts";
import { adaptiveCells } from "./adaptive-window.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** POOL-9   Z[n,c,p] = Σ_{v in window p} V[n,c,v] / D, D the elements of the window */
export const adaptiveAveragePool = <T>(
  x: Arithmetic<T>,
  { V }: { readonly V: TensorOf<T> },
  { grid: P }: AdaptiveAttributes,
) => {
  const [N, C, ...X] = V.shape;

  const Z = tensor([N, C, ...P], ([n, c, ...p]) => {
    const inside = adaptiveCells(X, P, p).map((v) => V.at(n, c, ...v));
    return x.scale(sum(x, inside), 1, inside.length);
  });
  return { Z };
};
