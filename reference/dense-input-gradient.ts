import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** GRAD-46   dx[n,i] = Σ_o G[n,o] · W[o,i] */
export const denseInputGradient = <T>(
  a: Arithmetic<T>,
  { G, W }: { readonly G: TensorOf<T>; readonly W: TensorOf<T> },
) => {
  const [O, I] = W.shape;
  const dx = tensor([G.shape[0], I], ([n, i]) =>
    sum(
      a,
      Array.from(indices(O), ([o]) => a.multiply(G.at(n, o), W.at(o, i))),
    ),
  );
  return { dx };
};
