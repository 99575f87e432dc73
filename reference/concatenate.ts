import type { Arithmetic } from "./arithmetic.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** The inputs of concatenation, all [N, …, …X] with channels of their own. */
export interface ConcatenateInputs<T> {
  readonly a: TensorOf<T>;
  readonly b: TensorOf<T>;
  readonly c?: TensorOf<T>;
  readonly d?: TensorOf<T>;
}

/** NET-2   Z[n,o,v] is the element of a at channel o, and past a's channels that of the next one at what is left of o */
export const concatenate = <T>(_: Arithmetic<T>, { a, b, c, d }: ConcatenateInputs<T>) => {
  const parts = [a, b, c, d].filter((part) => part !== undefined);
  const [N, , ...X] = a.shape;
  const channels = parts.reduce((total, { shape }) => total + shape[1], 0);

  const Z = tensor([N, channels, ...X], ([n, o, ...v]) => {
    let left = o;
    let at = 0;
    while (left >= parts[at].shape[1]) left -= parts[at++].shape[1];
    return parts[at].at(n, left, ...v);
  });
  return { Z };
};
