import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** FAST-1   C[p] = Σ_a I[a] · K[(p − a) mod P], for I and K of one shape P: indices wrap on every axis */
export const circularConvolve = <T>(x: Arithmetic<T>, I: TensorOf<T>, K: TensorOf<T>): TensorOf<T> =>
  tensor(I.shape, (p) =>
    sum(
      x,
      Array.from(indices(...I.shape), (a) => {
        const wrapped = p.map((_, i) => (p[i] - a[i] + I.shape[i]) % I.shape[i]);
        return x.multiply(I.at(...a), K.at(...wrapped));
      }),
    ),
  );
