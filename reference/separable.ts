import type { Shape } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { rank } from "./rank.ts";
import { elements, indices, type TensorOf, tensor } from "./tensor.ts";

/** The unfolding of a kernel along an axis: one row for each index of the axis, all other indices in the columns. */
const unfolded = <T>(K: TensorOf<T>, axis: number): T[][] =>
  Array.from({ length: K.shape[axis] }, (_, row) => {
    const others = K.shape.map((extent, at) => (at === axis ? 1 : extent));
    return Array.from(indices(...others), (k) => K.at(...k.with(axis, row)));
  });

/** FAST-2   The ranks of the unfoldings: a kernel is an outer product of vectors where none is above 1. */
export const unfoldingRanks = <T>(x: Arithmetic<T>, K: TensorOf<T>): number[] =>
  K.shape.map((_, axis) => rank(x, unfolded(K, axis)));

/** FAST-2   K[k] = Π_i u_i[k_i] */
export const outerProduct = <T>(x: Arithmetic<T>, u: readonly (readonly T[])[]): TensorOf<T> => {
  const shape: Shape = u.map(({ length }) => length);
  return tensor(shape, (k) => k.map((at, i) => u[i][at]).reduce(x.multiply));
};

/**
 * FAST-2   The factors of a separable kernel [R1, …, Rd], one vector an axis; undefined where it is not separable.
 * They are the lines through one element that is not zero, all but the first divided by it.
 */
export function factors<T>(x: Arithmetic<T>, K: TensorOf<T>): T[][] | undefined {
  const isZero = (a: T): boolean => x.compare(a, x.zero) === 0;
  const through = Array.from(indices(...K.shape)).find((k) => !isZero(K.at(...k)));
  if (through === undefined) return K.shape.map((extent) => Array<T>(extent).fill(x.zero));
  const u = K.shape.map((extent, i) =>
    Array.from({ length: extent }, (_, at) => {
      const element = K.at(...through.with(i, at));
      return i === 0 ? element : x.divide(element, K.at(...through));
    }),
  );
  const product = elements(outerProduct(x, u));
  return elements(K).every((value, at) => x.compare(value, product[at]) === 0) ? u : undefined;
}
