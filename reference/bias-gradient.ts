import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** GRAD-9   db[o] = Σ_{n,p} G[n,o,p] */
export const biasGradient = <T>(x: Arithmetic<T>, { G }: { readonly G: TensorOf<T> }) => {
  const [N, O, ...P] = G.shape;
  const db = tensor([O], ([o]) =>
    sum(
      x,
      Array.from(indices(N, ...P), ([n, ...p]) => G.at(n, o, ...p)),
    ),
  );
  return { db };
};
