import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** The inputs of a dense layer: x [N, I], W [O, I] and perhaps b [O]. */
export interface DenseInputs<T> {
  readonly x: TensorOf<T>;
  readonly W: TensorOf<T>;
  readonly b?: TensorOf<T>;
}

/** DENSE-1   Z[n,o] = b[o] + Σ_i x[n,i] · W[o,i] */
export const dense = <T>(a: Arithmetic<T>, { x, W, b }: DenseInputs<T>) => {
  const [O, I] = W.shape;
  const Z = tensor([x.shape[0], O], ([n, o]) => {
    const terms = Array.from(indices(I), ([i]) => a.multiply(x.at(n, i), W.at(o, i)));
    return sum(a, b ? [b.at(o), ...terms] : terms);
  });
  return { Z };
};
