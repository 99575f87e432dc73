import { type PoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { windowElements } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** Σ v² */
export const squares = <T>(x: Arithmetic<T>, elements: readonly T[]): T =>
  sum(
    x,
    elements.map((v) => x.multiply(v, v)),
  );

/** POOL-5   Z[n,c,p] = √Σ_k V[n, c, p·s + k·d − a]² */
export const l2Pool = <T>(x: Arithmetic<T>, { V }: { readonly V: TensorOf<T> }, attributes: PoolAttributes) => {
  const [N, C, ...X] = V.shape;
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);

  const Z = tensor([N, C, ...P], ([n, c, ...p]) => x.sqrt(squares(x, windowElements(V, n, c, p, a, attributes))));
  return { Z };
};
