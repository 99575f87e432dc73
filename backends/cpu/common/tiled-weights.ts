import { type Shape, sizeOf, type Tensor } from "../../../spec/index.ts";
import { TRANSPOSE_ROWS, transpose } from "../kernels/transpose.ts";
import type { Scope } from "../runtime/scope.ts";
import type { UnsharedExtents, Weights } from "./unshared.ts";

/** Which of t kernels a position uses, row-major: p mod t on each axis. */
function turn(position: number, P: Shape, t: Shape): number {
  let [rest, tile, weight] = [position, 0, 1];
  for (let axis = P.length - 1; axis >= 0; axis--) {
    tile += ((rest % P[axis]) % t[axis]) * weight;
    weight *= t[axis];
    rest = Math.floor(rest / P[axis]);
  }
  return tile;
}

/** TILED-1: the weights as [t, O, C, …R], and one bias for each output channel. */
export function tiledWeights({ O, C, R, P }: UnsharedExtents, t: Shape): Weights {
  const length = C * sizeOf(R);
  return {
    blocks: sizeOf(t),
    blockStride: O * length,
    outputStride: length,
    blockOf: (position) => turn(position, P, t),
    biasStrides: [1, 0],
  };
}

const transposed = (scope: Scope, from: number, to: number, K: Shape, t: Shape, back: boolean): void => {
  const [rows, columns] = [sizeOf(K) / sizeOf(t), sizeOf(t)];
  const kernel = scope.kernel(`transpose ${rows} ${columns} ${back}`, () => [transpose(rows, columns, back)]);
  scope.run(kernel, "transpose", { items: Math.ceil(rows / TRANSPOSE_ROWS), grain: 8 }, from, to);
};

/** The address of K [O, C, …R, …t] as [t, O, C, …R]. */
export function kernelsApart(scope: Scope, K: Tensor, t: Shape): number {
  const W = scope.workspace(K.data.byteLength);
  transposed(scope, scope.input(K), W, K.shape, t, false);
  return W;
}

/** Puts weights [t, O, C, …R] at one address together as K [O, C, …R, …t] at another. */
export const kernelsTogether = (scope: Scope, W: number, K: number, shape: Shape, t: Shape): void =>
  transposed(scope, W, K, shape, t, true);
