import { type Shape, sizeOf } from "../spec/index.ts";
import { type Arithmetic, subtract, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** How many elements of x [N, C, …X] are in one channel. */
export const perChannel = ([N, , ...X]: Shape): number => N * sizeOf(X);

/** Σ_{n,v} of what stands at each place of one channel of a tensor [N, C, …X]. */
export const sumOverChannel = <T>(
  a: Arithmetic<T>,
  [N, , ...X]: Shape,
  term: (n: number, v: readonly number[]) => T,
): T =>
  sum(
    a,
    Array.from(indices(N, ...X), ([n, ...v]) => term(n, v)),
  );

/** NORM-1   mean[c] = Σ x / m and variance[c] = Σ (x − mean[c])² / m, over the m elements of channel c */
export function batchStatistics<T>(a: Arithmetic<T>, x: TensorOf<T>) {
  const C = x.shape[1];
  const m = perChannel(x.shape);
  const mean = tensor([C], ([c]) =>
    a.scale(
      sumOverChannel(a, x.shape, (n, v) => x.at(n, c, ...v)),
      1,
      m,
    ),
  );
  const deviation = tensor(x.shape, ([n, c, ...v]) => subtract(a, x.at(n, c, ...v), mean.at(c)));
  const variance = tensor([C], ([c]) => {
    const squares = sumOverChannel(a, x.shape, (n, v) => {
      const d = deviation.at(n, c, ...v);
      return a.multiply(d, d);
    });
    return a.scale(squares, 1, m);
  });
  return { mean, deviation, variance };
}

/** √(variance[c] + ε), for every channel. */
export const standardDeviation = <T>(a: Arithmetic<T>, variance: TensorOf<T>, epsilon: number): TensorOf<T> => {
  const ε = a.embed(epsilon, { tensor: "", offset: 0 });
  return tensor(variance.shape, ([c]) => a.sqrt(a.add(variance.at(c), ε)));
};
