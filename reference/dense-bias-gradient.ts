import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** GRAD-48   db[o] = Σ_n G[n,o] */
export const denseBiasGradient = <T>(x: Arithmetic<T>, { G }: { readonly G: TensorOf<T> }) => {
  const [N, O] = G.shape;
  const db = tensor([O], ([o]) =>
    sum(
      x,
      Array.from(indices(N), ([n]) => G.at(n, o)),
    ),
  );
  return { db };
};
