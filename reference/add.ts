import type { Arithmetic } from "./arithmetic.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** NET-1   Z[i] = a[i] + b[i] */
export const add = <T>(x: Arithmetic<T>, { a, b }: { readonly a: TensorOf<T>; readonly b: TensorOf<T> }) => ({
  Z: tensor(a.shape, (i) => x.add(a.at(...i), b.at(...i))),
});
