import { type PoolAttributes, type Shape, sizeOf, UnsupportedError } from "../../../spec/index.ts";
import type { Triple } from "../device/layout.ts";
import type { Constants } from "../device/pipelines.ts";
import { lift, type Slide, slide } from "./axes.ts";

/** The windows of a pooling, as its kernels are given them. */
export interface Windows {
  readonly uniforms: Slide & { readonly end: Triple; readonly planes: number };
  readonly constants: Constants;
  /** How many windows and how many elements there are in all planes. */
  readonly windows: number;
  readonly elements: number;
}

const inAll = (planes: number, uniforms: Slide & { readonly end: Triple }, adaptive: boolean): Windows => ({
  uniforms: { ...uniforms, planes },
  constants: { adaptive },
  windows: planes * sizeOf(uniforms.P),
  elements: planes * sizeOf(uniforms.X),
});

const planesOf = (shape: Shape): number => sizeOf(shape.slice(0, 2));

/** POOL-1: windows that slide over an input [N, C, …X]. */
export const sliding = (input: Shape, attributes: PoolAttributes): Windows =>
  inAll(planesOf(input), slide(input.slice(2), attributes.window, attributes), false);

const largest = 2 ** 31 - 1;

/** POOL-7: windows that share an input [N, C, …X] among the cells of a grid. */
export function adaptive(input: Shape, grid: Shape): Windows {
  for (const [axis, P] of grid.entries()) {
    const X = input[axis + 2];
    if (Math.max(P * P, X * Math.min(P, X)) + Math.max(P, X) > largest)
      throw new UnsupportedError(`a grid of ${P} cells over ${X}: their product is beyond 32-bit integers`);
  }
  const [one, none] = [lift([], 1), lift([], 0)];
  const uniforms = { X: lift(input.slice(2), 1), P: lift(grid, 1), R: one, s: one, d: one, begin: none, end: none };
  return inAll(planesOf(input), uniforms, true);
}

/** POOL-10: windows of `size` channels of an input [N, C, …X], side by side. */
export function overChannels([N, C, ...X]: Shape, size: number): Windows {
  const plane = sizeOf(X);
  const [one, none] = [lift([], 1), lift([], 0)];
  const uniforms = {
    X: [1, C, plane] as const,
    R: [1, size, 1] as const,
    P: [1, C / size, plane] as const,
    s: [1, size, 1] as const,
    d: one,
    begin: none,
    end: none,
  };
  return inAll(N, uniforms, false);
}
