import { type Shape, sizeOf, type Tensor } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { decode } from "./rounding.ts";

/** A tensor over a number system: 0-based indices, outermost axis first. */
export interface TensorOf<T> {
  readonly shape: Shape;
  at(...index: number[]): T;
}

/** Whether an index is valid: as the notes say, a term whose index is not is no term. */
export const has = (shape: Shape, index: readonly number[]): boolean =>
  index.length === shape.length && index.every((i, axis) => i >= 0 && i < shape[axis]);

/** The row-major place of an index. */
export const offsetOf = (shape: Shape, index: readonly number[]): number =>
  index.reduce((offset, i, axis) => offset * shape[axis] + i, 0);

/** The index at a row-major place. */
export function indexAt(shape: Shape, offset: number): number[] {
  let rest = offset;
  return shape.map((_, axis) => {
    const stride = sizeOf(shape.slice(axis + 1));
    const i = Math.floor(rest / stride);
    rest -= i * stride;
    return i;
  });
}

/** Every index of a shape, the last axis fastest. */
export function* indices(...shape: number[]): Generator<number[]> {
  if (shape.some((extent) => extent === 0)) return;
  const index = shape.map(() => 0);
  for (;;) {
    yield [...index];
    let axis = shape.length - 1;
    while (axis >= 0 && ++index[axis] === shape[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

/** A tensor given by a formula for its elements, each computed when it is first asked for. */
export function tensor<T>(shape: Shape, element: (index: number[]) => T): TensorOf<T> {
  const computed = new Map<number, T>();
  return {
    shape,
    at: (...index) => {
      if (!has(shape, index)) throw new RangeError(`no element [${index}] in a tensor of shape [${shape}]`);
      const offset = offsetOf(shape, index);
      if (!computed.has(offset)) computed.set(offset, element(index));
      return computed.get(offset) as T;
    },
  };
}

/** All elements of a tensor, row-major. */
export const elements = <T>({ shape, at }: TensorOf<T>): T[] => Array.from(indices(...shape), (index) => at(...index));

/** A stored tensor as one over a number system. */
export const embed = <T>(x: Arithmetic<T>, name: string, stored: Tensor): TensorOf<T> => {
  const values = decode(stored);
  return tensor(stored.shape, (index) => {
    const offset = offsetOf(stored.shape, index);
    return x.embed(values[offset], { tensor: name, offset });
  });
};
