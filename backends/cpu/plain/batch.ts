import { type Shape, sizeOf, type Tensor } from "../../../spec/index.ts";

/** The channels of a tensor [N, C, …X], and a way through the elements of one: their row-major places. */
export function channelsOf([N, C, ...X]: Shape) {
  const plane = sizeOf(X);
  return {
    C,
    /** How many elements one channel has. */
    m: N * plane,
    forEach: (c: number, visit: (at: number) => void): void => {
      for (let n = 0; n < N; n++) {
        const start = (n * C + c) * plane;
        for (let at = start; at < start + plane; at++) visit(at);
      }
    },
    /** The channel of a place. */
    channelAt: (at: number): number => Math.floor(at / plane) % C,
  };
}

/** NORM-1: mean and variance of every channel of x [N, C, …X], in two passes, in double precision. */
export function statistics(x: Tensor): { readonly mean: Float64Array; readonly variance: Float64Array } {
  const { C, m, forEach } = channelsOf(x.shape);
  const [mean, variance] = [new Float64Array(C), new Float64Array(C)];
  for (let c = 0; c < C; c++) {
    let sum = 0;
    forEach(c, (at) => {
      sum += x.data[at];
    });
    mean[c] = sum / m;
    let squares = 0;
    forEach(c, (at) => {
      squares += (x.data[at] - mean[c]) ** 2;
    });
    variance[c] = squares / m;
  }
  return { mean, variance };
}
