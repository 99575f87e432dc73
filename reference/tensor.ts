import { type Shape, sizeOf, type Tensor } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { decode } from "./rounding.ts";

/** A tensor over a number system: 0-based indices, outermost axis first. */
export interface TensorOf<T> {
  readonly shape: Shape;
  at(...index: number[]): T;
}

/** Whether an index is valid: as the notes say, a term whose index is not is no term. */
export function has(shape: Shape, index: readonly number[]): boolean {
  if (index.length !== shape.length) return false;
  for (let axis = 0; axis < index.length; axis++) if (index[axis] < 0 || index[axis] >= shape[axis]) return false;
  return true;
}

/** The row-major place of an index. */
export function offsetOf(shape: Shape, index: readonly number[]): number {
  let offset = 0;
  for (let axis = 0; axis < index.length; axis++) offset = offset * shape[axis] + index[axis];
  return offset;
}

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

function* counted(shape: readonly number[]): Generator<number[]> {
  if (shape.some((extent) => extent === 0)) return;
  const index = shape.map(() => 0);
  for (;;) {
    yield [...index];
    let axis = shape.length - 1;
    while (axis >= 0 && ++index[axis] === shape[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

/** Indices of small shapes: formulas ask for those of a kernel again for every element. */
const listed = new Map<string, readonly (readonly number[])[]>();

/** Every index of a shape, the last axis fastest. */
export function indices(...shape: number[]): Iterable<readonly number[]> {
  if (sizeOf(shape) > 512) return counted(shape);
  const key = shape.join();
  let list = listed.get(key);
  if (list === undefined) {
    if (listed.size === 1024) listed.clear();
    list = [...counted(shape)];
    listed.set(key, list);
  }
  return list;
}

/** Elements of a tensor larger than this are computed again each time: there would be too many to keep. */
const mostKept = 2 ** 22;

/** A tensor given by a formula for its elements, each computed when it is first asked for. */
export function tensor<T>(shape: Shape, element: (index: number[]) => T): TensorOf<T> {
  const size = sizeOf(shape);
  const kept = size <= mostKept ? new Array<T | undefined>(size) : undefined;
  return {
    shape,
    at: (...index) => {
      let offset = index.length === shape.length ? 0 : Number.NaN;
      for (let axis = 0; axis < shape.length; axis++)
        offset = index[axis] >= 0 && index[axis] < shape[axis] ? offset * shape[axis] + index[axis] : Number.NaN;
      if (Number.isNaN(offset)) throw new RangeError(`no element [${index}] in a tensor of shape [${shape}]`);
      if (kept === undefined) return element(index);
      let value = kept[offset];
      if (value === undefined) {
        value = element(index);
        kept[offset] = value;
      }
      return value;
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
