import {
  type AttributesOf,
  operatorNamed,
  random,
  type Shape,
  sizeOf,
  type Tensor,
  type TensorType,
} from "../../spec/index.ts";
import type { Arithmetic } from "../arithmetic.ts";
import { type Exact, exact, rounded } from "../arithmetics/exact.ts";
import { averagePool } from "../average-pool.ts";
import { convolve } from "../convolve.ts";
import { correlate } from "../correlate.ts";
import { decode, encode } from "../rounding.ts";
import { elements, embed, has, indexAt, type TensorOf } from "../tensor.ts";

/** Integers of [−7, 9] without 0: signed, asymmetric, the same ones for the same name. */
export function integers(name: string, shape: Shape): Tensor {
  const { integer } = random(1, name);
  const draw = (): number => {
    const drawn = integer(-7, 8);
    return drawn < 0 ? drawn : drawn + 1;
  };
  return encode("f64", shape, Array.from({ length: sizeOf(shape) }, draw));
}

/** A stored tensor with these values. */
export const stored = (shape: Shape, values: readonly number[]): Tensor => encode("f64", shape, values);

/** One sample of one channel with one spatial axis: [1, 1, N]. */
export const line = (...values: readonly number[]): Tensor => stored([1, 1, values.length], values);

/** One sample of one channel with two spatial axes: [1, 1, H, W]. */
export const image = (rows: readonly (readonly number[])[]): Tensor =>
  stored([1, 1, rows.length, rows[0].length], rows.flat());

/** A stored tensor [...X] as one sample of one channel, [1, 1, ...X]. */
export const single = (tensor: Tensor): Tensor => ({ ...tensor, shape: [1, 1, ...tensor.shape] });

/** All elements of an exact tensor, as numbers. */
export const values = (tensor: TensorOf<Exact>): number[] => elements(tensor).map((value) => rounded(value, "f64"));

type KernelOperator = "correlate" | "convolve";
const kernelOperators = { correlate, convolve } as const;

const typeOf = ({ shape }: { readonly shape: Shape }): TensorType => ({ dtype: "f64", shape });

/** A layer of one operator: what an input V [N, C, …X] becomes under a kernel [O, C, …R], over any number system. */
export const kernelLayer = <T>(
  x: Arithmetic<T>,
  operator: KernelOperator,
  V: TensorOf<T>,
  K: Tensor,
  attributes: Partial<AttributesOf<"correlate">> = {},
): TensorOf<T> => {
  const complete = operatorNamed(operator).complete({ V: typeOf(V), K }, attributes) as AttributesOf<"correlate">;
  return kernelOperators[operator](x, { V, K: embed(x, "K", K) }, complete).Z;
};

/** A layer of average pooling. */
export const averageLayer = <T>(
  x: Arithmetic<T>,
  V: TensorOf<T>,
  attributes: Partial<AttributesOf<"average-pool">>,
): TensorOf<T> => {
  const complete = operatorNamed("average-pool").complete({ V: typeOf(V) }, attributes);
  return averagePool(x, { V }, complete as AttributesOf<"average-pool">).Z;
};

/** A kernel layer on a stored input, exactly: its elements as numbers. */
export const applied = (
  operator: KernelOperator,
  V: Tensor,
  K: Tensor,
  attributes: Partial<AttributesOf<"correlate">> = {},
): number[] => values(kernelLayer(exact, operator, embed(exact, "V", V), K, attributes));

/** The stored tensor whose element at an index is that of another at an index that depends on it; 0 where that is none. */
export function rearranged(
  tensor: Tensor,
  shape: Shape,
  from: (index: readonly number[]) => readonly number[] | undefined,
): Tensor {
  const source = embed(exact, "", tensor);
  const picked = Array.from({ length: sizeOf(shape) }, (_, offset) => {
    const place = from(indexAt(shape, offset));
    return place ? rounded(source.at(...place), "f64") : 0;
  });
  return stored(shape, picked);
}

/** The kernel with every spatial axis reversed. */
export const rot180 = (K: Tensor): Tensor =>
  rearranged(K, K.shape, ([o, c, ...k]) => [o, c, ...k.map((at, axis) => K.shape[axis + 2] - 1 - at)]);

/** The numbers of a stored tensor, row-major. */
export const numbers = (tensor: Tensor): number[] => Array.from(decode(tensor));

/** A stored tensor in the corner of a larger array of zeros. */
export const inCorner = (tensor: Tensor, shape: Shape): Tensor =>
  rearranged(tensor, shape, (index) => (has(tensor.shape, index) ? index : undefined));
