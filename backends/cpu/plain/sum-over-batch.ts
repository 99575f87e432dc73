import { type Shape, sizeOf, type Tensor, zeros } from "../../../spec/index.ts";

/** Σ_n G[n, …]: the sum over the first axis, in double precision. */
export function sumOverBatch(G: Tensor): Tensor {
  const [N, ...rest]: Shape = G.shape;
  const size = sizeOf(rest);
  const total = zeros(G.dtype, rest);
  for (let at = 0; at < size; at++) {
    let sum = 0;
    for (let n = 0; n < N; n++) sum += G.data[n * size + at];
    total.data[at] = sum;
  }
  return total;
}
