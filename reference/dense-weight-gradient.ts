import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** GRAD-47   dW[o,i] = Σ_n G[n,o] · x[n,i] */
export const denseWeightGradient = <T>(
  a: Arithmetic<T>,
  { G, x }: { readonly G: TensorOf<T>; readonly x: TensorOf<T> },
) => {
  const [N, O] = G.shape;
  const dW = tensor([O, x.shape[1]], ([o, i]) =>
    sum(
      a,
      Array.from(indices(N), ([n]) => a.multiply(G.at(n, o), x.at(n, i))),
    ),
  );
  return { dW };
};
