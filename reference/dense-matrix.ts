import { type Shape, sizeOf } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { elements, indexAt, offsetOf, type TensorOf, tensor } from "./tensor.ts";

/** A linear operator with everything but one input held fast. */
export type Linear<T> = (V: TensorOf<T>) => TensorOf<T>;

/** MATRIX-3   M[z,v] = f(e_v)[z]: column v is the image of the input that is 1 at place v and 0 elsewhere */
export function denseMatrix<T>(x: Arithmetic<T>, f: Linear<T>, shape: Shape): TensorOf<T> {
  const one = x.embed(1, { tensor: "", offset: 0 });
  const unit = (v: number) => tensor(shape, (index) => (offsetOf(shape, index) === v ? one : x.zero));
  const columns = Array.from({ length: sizeOf(shape) }, (_, v) => f(unit(v)));
  const rows = sizeOf(columns[0].shape);
  return tensor([rows, columns.length], ([z, v]) => columns[v].at(...indexAt(columns[v].shape, z)));
}

/** MATRIX-3   y[z] = Σ_v M[z,v] · V[v] */
export const timesVector = <T>(x: Arithmetic<T>, M: TensorOf<T>, V: readonly T[]): T[] =>
  Array.from({ length: M.shape[0] }, (_, z) =>
    sum(
      x,
      V.map((value, v) => x.multiply(M.at(z, v), value)),
    ),
  );

/** The rows of a matrix. */
export const rowsOf = <T>(M: TensorOf<T>): T[][] => {
  const all = elements(M);
  return Array.from({ length: M.shape[0] }, (_, row) => all.slice(row * M.shape[1], (row + 1) * M.shape[1]));
};
