import { type Arithmetic, sum } from "./arithmetic.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** GRAD-42   db[o,p] = Σ_n G[n,o,p] */
export const locallyConnectedBiasGradient = <T>(x: Arithmetic<T>, { G }: { readonly G: TensorOf<T> }) => {
  const [N, ...OP] = G.shape;
  const db = tensor(OP, (op) =>
    sum(
      x,
      Array.from({ length: N }, (_, n) => G.at(n, ...op)),
    ),
  );
  return { db };
};
