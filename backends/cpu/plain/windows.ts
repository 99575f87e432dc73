import { adaptiveWindow, type PoolAttributes, resolveWindow, type Shape, sizeOf } from "../../../spec/index.ts";
import { firstTap, pastTap, slide, type Triple } from "./volume.ts";

/** One window of one plane; the places of its elements are row-major in the whole input. */
export interface Elements {
  readonly places: readonly number[];
  /** The row-major number of the tap at which each of them stands. */
  readonly taps: readonly number[];
  /** How many cells of the window lie in the padded input. */
  readonly cells: number;
}

/**
 * Visits the windows of POOL-1 over planes of extents X, in the row-major order of the output.
 * @param visit is given the row-major place of the window in the output, and its elements
 */
export function forEachWindow(
  planes: number,
  spatial: Shape,
  attributes: PoolAttributes,
  visit: (z: number, elements: Elements) => void,
): void {
  const { X, R, P, stride, dilation, begin, end } = slide(spatial, attributes.window, attributes);
  let z = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let p0 = 0; p0 < P[0]; p0++) {
      for (let p1 = 0; p1 < P[1]; p1++) {
        for (let p2 = 0; p2 < P[2]; p2++) {
          const x = [p0, p1, p2].map((p, i) => p * stride[i] - begin[i]);
          const from = x.map((start, i) => firstTap(start, dilation[i]));
          const to = x.map((start, i) => pastTap(start, dilation[i], R[i], X[i]));
          const padded = x.map((start, i) => pastTap(start, dilation[i], R[i], X[i] + end[i]));
          const [places, taps]: [number[], number[]] = [[], []];
          for (let k0 = from[0]; k0 < to[0]; k0++) {
            for (let k1 = from[1]; k1 < to[1]; k1++) {
              const row = ((plane * X[0] + x[0] + k0 * dilation[0]) * X[1] + x[1] + k1 * dilation[1]) * X[2] + x[2];
              for (let k2 = from[2]; k2 < to[2]; k2++) {
                places.push(row + k2 * dilation[2]);
                taps.push((k0 * R[1] + k1) * R[2] + k2);
              }
            }
          }
          visit(z++, { places, taps, cells: padded[0] * padded[1] * padded[2] });
        }
      }
    }
  }
}

const lift = (extents: Shape): Triple =>
  [...Array<number>(3 - extents.length).fill(1), ...extents] as unknown as Triple;

/** Visits the windows of POOL-7 over planes of extents X, in the row-major order of the grid. */
export function forEachGridWindow(
  planes: number,
  spatial: Shape,
  grid: Shape,
  visit: (z: number, places: readonly number[]) => void,
): void {
  const [X, P] = [lift(spatial), lift(grid)];
  let z = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let p0 = 0; p0 < P[0]; p0++) {
      const [from0, to0] = adaptiveWindow(p0, P[0], X[0]);
      for (let p1 = 0; p1 < P[1]; p1++) {
        const [from1, to1] = adaptiveWindow(p1, P[1], X[1]);
        for (let p2 = 0; p2 < P[2]; p2++) {
          const [from2, to2] = adaptiveWindow(p2, P[2], X[2]);
          const places: number[] = [];
          for (let x0 = from0; x0 < to0; x0++)
            for (let x1 = from1; x1 < to1; x1++)
              for (let x2 = from2; x2 < to2; x2++) places.push(((plane * X[0] + x0) * X[1] + x1) * X[2] + x2);
          visit(z++, places);
        }
      }
    }
  }
}

/** The shape [N, C, …P] of what the windows of POOL-1 give. */
export const pooled = ([N, C, ...X]: Shape, attributes: PoolAttributes): Shape => [
  N,
  C,
  ...resolveWindow(X, attributes.window, attributes).extents,
];

/** The number of planes of [N, C, …X]. */
export const planesOf = (shape: Shape): number => sizeOf(shape.slice(0, 2));
