import { decode, encode } from "../../../reference/index.ts";
import type { Tensor } from "../../../spec/index.ts";

/**
 * A buffer that is handed from call to call and not cleared: an element that a call does not write holds what
 * the last one left there, 0 before the first.
 */
export function uncleared(): (tensor: Tensor, written: (at: number) => boolean) => Tensor {
  let left: readonly number[] = [];
  return (tensor, written) => {
    left = Array.from(decode(tensor), (value, at) => (written(at) ? value : (left[at] ?? 0)));
    return encode(tensor.dtype, tensor.shape, left);
  };
}
