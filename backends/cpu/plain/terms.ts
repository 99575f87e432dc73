import type { Shape, WindowAttributes } from "../../../spec/index.ts";
import { firstTap, pastTap, slide } from "./volume.ts";

/** The extents of a kernel that slides: input V [N, groups·C, …X], kernel K [O, C, …R], output Z [N, O, …P]. */
export interface SlidingKernel {
  readonly N: number;
  readonly O: number;
  readonly C: number;
  readonly X: Shape;
  readonly R: Shape;
  readonly groups: number;
}

/**
 * Visits every product V[v] · K[k] of a sliding kernel's sums, with the place z of the sum it belongs to; all
 * are row-major places.
 * @param flipped whether tap k of the window meets element R − 1 − k of the kernel (convolution)
 */
export function forEachTerm(
  { N, O, C, X: extents, R: taps, groups }: SlidingKernel,
  attributes: WindowAttributes,
  flipped: boolean,
  visit: (v: number, k: number, z: number) => void,
): void {
  const { X, R, P, stride, dilation, begin } = slide(extents, taps, attributes);
  const [plane, size] = [X[0] * X[1] * X[2], R[0] * R[1] * R[2]];
  const perGroup = O / groups;
  let z = 0;
  for (let n = 0; n < N; n++) {
    for (let o = 0; o < O; o++) {
      const input = (n * groups + Math.floor(o / perGroup)) * C * plane;
      for (let p0 = 0; p0 < P[0]; p0++) {
        const x0 = p0 * stride[0] - begin[0];
        const [from0, to0] = [firstTap(x0, dilation[0]), pastTap(x0, dilation[0], R[0], X[0])];
        for (let p1 = 0; p1 < P[1]; p1++) {
          const x1 = p1 * stride[1] - begin[1];
          const [from1, to1] = [firstTap(x1, dilation[1]), pastTap(x1, dilation[1], R[1], X[1])];
          for (let p2 = 0; p2 < P[2]; p2++) {
            const x2 = p2 * stride[2] - begin[2];
            const [from2, to2] = [firstTap(x2, dilation[2]), pastTap(x2, dilation[2], R[2], X[2])];
            for (let c = 0; c < C; c++) {
              for (let k0 = from0; k0 < to0; k0++) {
                for (let k1 = from1; k1 < to1; k1++) {
                  const row = input + c * plane + ((x0 + k0 * dilation[0]) * X[1] + x1 + k1 * dilation[1]) * X[2] + x2;
                  for (let k2 = from2; k2 < to2; k2++) {
                    const tap = (k0 * R[1] + k1) * R[2] + k2;
                    visit(row + k2 * dilation[2], (o * C + c) * size + (flipped ? size - 1 - tap : tap), z);
                  }
                }
              }
            }
            z++;
          }
        }
      }
    }
  }
}
