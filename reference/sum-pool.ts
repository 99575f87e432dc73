import { type PoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { windowElements } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** POOL-4   Z[n,c,p] = Σ_k V[n, c, p·s + k·d − a] */
export const sumPool = <T>(x: Arithmetic<T>, { V }: { readonly V: TensorOf<T> }, attributes: PoolAttributes) => {
  const [N, C, ...X] = V.shape;
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);

  const Z = tensor([N, C, ...P], ([n, c, ...p]) => sum(x, windowElements(V, n, c, p, a, attributes)));
  return { Z };
};
