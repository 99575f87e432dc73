import { decode, encode, indexAt, indices, offsetOf } from "../../reference/index.ts";
import { type Shape, sizeOf, type Tensor } from "../../spec/index.ts";

/** A tensor of another shape whose elements are those of a given one: `from` says which, undefined for zero. */
export function gather(
  tensor: Tensor,
  shape: Shape,
  from: (index: readonly number[]) => readonly number[] | undefined,
): Tensor {
  const values = decode(tensor);
  return encode(
    tensor.dtype,
    shape,
    Array.from(indices(...shape), (index) => {
      const source = from(index);
      return source === undefined ? 0 : values[offsetOf(tensor.shape, source)];
    }),
  );
}

/** The kernel turned by 180°: every spatial axis reversed. K [O, C, …R] */
export const rot180 = (K: Tensor): Tensor =>
  gather(K, K.shape, ([o, c, ...k]) => [o, c, ...k.map((tap, axis) => K.shape[axis + 2] - 1 - tap)]);

/** Input and output channels exchanged. K [O, C, …R] → [C, O, …R] */
export const swapChannels = (K: Tensor): Tensor => {
  const [O, C, ...R] = K.shape;
  return gather(K, [C, O, ...R], ([c, o, ...k]) => [o, c, ...k]);
};

/** One element of an axis, which is dropped down to extent 1. */
export const select = (tensor: Tensor, axis: number, from: number, count = 1): Tensor => {
  const shape = tensor.shape.map((extent, at) => (at === axis ? count : extent));
  return gather(tensor, shape, (index) => index.with(axis, index[axis] + from));
};

/** Every s-th element of each spatial axis, from the first on, as many as `extents` says. */
export const subsample = (Z: Tensor, s: readonly number[], extents: Shape): Tensor =>
  gather(Z, [...Z.shape.slice(0, 2), ...extents], ([n, o, ...p]) => [n, o, ...p.map((at, axis) => at * s[axis])]);

/** Tensors put one after the other along an axis. */
export const concatenate = (parts: readonly Tensor[], axis: number): Tensor => {
  const [first] = parts;
  const shape = first.shape.with(
    axis,
    parts.reduce((total, part) => total + part.shape[axis], 0),
  );
  const values = new Float64Array(sizeOf(shape));
  let start = 0;
  for (const part of parts) {
    const source = decode(part);
    for (let at = 0; at < source.length; at++) {
      const index = indexAt(part.shape, at);
      values[offsetOf(shape, index.with(axis, index[axis] + start))] = source[at];
    }
    start += part.shape[axis];
  }
  return encode(first.dtype, shape, values);
};

/** Element-wise a·x + y on integers small enough to be exact. */
export const scaleAdd = (a: number, x: Tensor, y: Tensor): Tensor => {
  const [left, right] = [decode(x), decode(y)];
  return encode(
    x.dtype,
    x.shape,
    Array.from(left, (value, at) => a * value + right[at]),
  );
};

/** Zeros around every spatial axis, made part of the input. */
export const padded = (V: Tensor, begin: readonly number[], end: readonly number[]): Tensor => {
  const [N, C, ...X] = V.shape;
  const shape = [N, C, ...X.map((n, axis) => n + begin[axis] + end[axis])];
  return gather(V, shape, ([n, c, ...x]) => {
    const source = x.map((at, axis) => at - begin[axis]);
    return source.every((at, axis) => at >= 0 && at < X[axis]) ? [n, c, ...source] : undefined;
  });
};

/** The input moved towards higher indices by whole steps; zeros come in, what leaves is lost. */
export const shifted = (V: Tensor, by: readonly number[]): Tensor =>
  gather(V, V.shape, ([n, c, ...x]) => {
    const source = x.map((at, axis) => at - by[axis]);
    return source.every((at) => at >= 0) ? [n, c, ...source] : undefined;
  });

/** The kernel with d − 1 zeros between neighbouring taps. */
export const spread = (K: Tensor, d: readonly number[]): Tensor => {
  const [O, C, ...R] = K.shape;
  const shape = [O, C, ...R.map((r, axis) => (r - 1) * d[axis] + 1)];
  return gather(K, shape, ([o, c, ...k]) =>
    k.every((tap, axis) => tap % d[axis] === 0) ? [o, c, ...k.map((tap, axis) => tap / d[axis])] : undefined,
  );
};

/** A batch with every sample laid out in a row: [N, …] → [N, size]. */
export const flattened = (tensor: Tensor): Tensor => {
  const [N, ...sample] = tensor.shape;
  return { ...tensor, shape: [N, sizeOf(sample)] };
};
