import { decode, encode } from "../../../reference/index.ts";
import type { Tensor } from "../../../spec/index.ts";
import { type Outputs, roundTo } from "../fault.ts";

/** A tensor with every value changed, in the same format. */
export const mapped = (tensor: Tensor, change: (value: number, at: number) => number): Tensor =>
  encode(tensor.dtype, tensor.shape, Array.from(decode(tensor), change).map(roundTo(tensor.dtype)));

/** A call's outputs with every value changed. */
export const allMapped = (outputs: Outputs, change: (value: number, at: number) => number): Outputs =>
  Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, mapped(tensor, change)]));

/** The samples of a batch from one to before another. */
export const samples = (tensor: Tensor, from: number, to: number): Tensor => {
  const [N, ...rest] = tensor.shape;
  const size = N === 0 ? 0 : tensor.data.length / N;
  return { ...tensor, shape: [to - from, ...rest], data: tensor.data.slice(from * size, to * size) };
};
