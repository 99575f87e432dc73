import { type Shape, sizeOf, type WindowAttributes } from "../../../spec/index.ts";
import { forEachTerm } from "./terms.ts";

/** The extents of a layer whose kernel depends on the position: input [N, C, …X], output [N, O, …P], windows of R. */
export interface UnsharedKernel {
  readonly N: number;
  readonly O: number;
  readonly C: number;
  readonly X: Shape;
  readonly R: Shape;
  readonly P: Shape;
}

/**
 * Visits every product V[v] · weight[w] of a layer's sums, with the place z of the sum it belongs to.
 * @param weight the place of the weight, from the channel and position of z together and from the place of the tap
 * within the kernel of an output channel
 */
const forEachWeight = (
  { N, O, C, X, R, P }: UnsharedKernel,
  attributes: WindowAttributes,
  weight: (op: number, ck: number) => number,
  visit: (v: number, w: number, z: number) => void,
): void => {
  const [outputs, taps] = [O * sizeOf(P), C * sizeOf(R)];
  forEachTerm({ N, O, C, X, R, groups: 1 }, attributes, false, (v, k, z) => {
    visit(v, weight(z % outputs, k % taps), z);
  });
};

/** LOCAL-2: visits the products of a locally connected layer; weights are W [O, …P, C, …R]. */
export const forEachUnshared = (
  kernel: UnsharedKernel,
  attributes: WindowAttributes,
  visit: (v: number, w: number, z: number) => void,
): void => {
  const taps = kernel.C * sizeOf(kernel.R);
  forEachWeight(kernel, attributes, (op, ck) => op * taps + ck, visit);
};

/** Which of t kernels each of P positions uses, row-major: p mod t on each axis. */
function turns(P: Shape, t: Shape): Int32Array {
  const tiles = new Int32Array(sizeOf(P));
  for (let at = 0; at < tiles.length; at++) {
    let rest = at;
    let weight = 1;
    for (let axis = P.length - 1; axis >= 0; axis--) {
      tiles[at] += ((rest % P[axis]) % t[axis]) * weight;
      weight *= t[axis];
      rest = Math.floor(rest / P[axis]);
    }
  }
  return tiles;
}

/** TILED-1: visits the products of tiled convolution; weights are K [O, C, …R, …t]. */
export const forEachTiled = (
  kernel: UnsharedKernel,
  t: Shape,
  attributes: WindowAttributes,
  visit: (v: number, w: number, z: number) => void,
): void => {
  const [positions, taps, kernels] = [sizeOf(kernel.P), kernel.C * sizeOf(kernel.R), sizeOf(t)];
  const tiles = turns(kernel.P, t);
  const weight = (op: number, ck: number): number => {
    const o = Math.floor(op / positions);
    return (o * taps + ck) * kernels + tiles[op % positions];
  };
  forEachWeight(kernel, attributes, weight, visit);
};
