import { type PoolAttributes, type Tensor, zeros } from "../../../spec/index.ts";
import { firstTap, pastTap, type Slide, slide } from "./volume.ts";

/** What becomes of one window: `start` before its first element, `step` for each, `finish` with their number. */
export interface Reduction {
  readonly start: number;
  step(value: number, element: number): number;
  /** @param elements how many input elements the window holds  @param cells how many cells of the padded input */
  finish(value: number, elements: number, cells: number): number;
}

/** The cells of a window on one axis that lie in the padded input. */
const paddedTaps = ({ X, R, dilation, end }: Slide, axis: 0 | 1 | 2, start: number): number =>
  pastTap(start, dilation[axis], R[axis], X[axis] + end[axis]);

/** POOL-1: reduces every window of V [N, C, …X], giving Z [N, C, …P]. */
export function pool(V: Tensor, attributes: PoolAttributes, { start, step, finish }: Reduction): { Z: Tensor } {
  const [N, C] = V.shape;
  const window = slide(V.shape.slice(2), attributes.window, attributes);
  const { X, R, P, stride, dilation, begin, extents } = window;
  const Z = zeros(V.dtype, [N, C, ...extents]);
  const plane = X[0] * X[1] * X[2];
  let z = 0;
  for (let nc = 0; nc < N * C; nc++) {
    for (let p0 = 0; p0 < P[0]; p0++) {
      const x0 = p0 * stride[0] - begin[0];
      const [from0, to0] = [firstTap(x0, dilation[0]), pastTap(x0, dilation[0], R[0], X[0])];
      for (let p1 = 0; p1 < P[1]; p1++) {
        const x1 = p1 * stride[1] - begin[1];
        const [from1, to1] = [firstTap(x1, dilation[1]), pastTap(x1, dilation[1], R[1], X[1])];
        for (let p2 = 0; p2 < P[2]; p2++) {
          const x2 = p2 * stride[2] - begin[2];
          const [from2, to2] = [firstTap(x2, dilation[2]), pastTap(x2, dilation[2], R[2], X[2])];
          let value = start;
          let elements = 0;
          for (let k0 = from0; k0 < to0; k0++) {
            for (let k1 = from1; k1 < to1; k1++) {
              const row = nc * plane + ((x0 + k0 * dilation[0]) * X[1] + x1 + k1 * dilation[1]) * X[2] + x2;
              for (let k2 = from2; k2 < to2; k2++) {
                value = step(value, V.data[row + k2 * dilation[2]]);
                elements += 1;
              }
            }
          }
          const cells = paddedTaps(window, 0, x0) * paddedTaps(window, 1, x1) * paddedTaps(window, 2, x2);
          Z.data[z++] = finish(value, elements, cells);
        }
      }
    }
  }
  return { Z };
}
