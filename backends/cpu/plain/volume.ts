import { resolveWindow, type Shape, type Window, type WindowAttributes } from "../../../spec/index.ts";

/** Three spatial extents or steps, slowest first: depth, height, width. */
export type Triple = readonly [number, number, number];

const lift = (values: readonly number[], fill: number): Triple =>
  [...Array<number>(3 - values.length).fill(fill), ...values] as unknown as Triple;

/** A sliding window over one, two or three axes, as one over three. */
export interface Slide {
  readonly X: Triple;
  readonly R: Triple;
  readonly P: Triple;
  readonly stride: Triple;
  readonly dilation: Triple;
  /** Cells of padding before the first element. */
  readonly begin: Triple;
  /** Cells of padding after the last element. */
  readonly end: Triple;
  /** The output's spatial extents as the caller has them. */
  readonly extents: Shape;
}

/** Lifts a window to three axes: the leading ones have extent 1 and do not move. */
export function slide(X: Shape, R: Shape, attributes: WindowAttributes): Slide {
  const { begin, end, extents }: Window = resolveWindow(X, R, attributes);
  return {
    X: lift(X, 1),
    R: lift(R, 1),
    P: lift(extents, 1),
    stride: lift(attributes.stride, 1),
    dilation: lift(attributes.dilation, 1),
    begin: lift(begin, 0),
    end: lift(end, 0),
    extents,
  };
}

/** The first tap k of a window whose cell start + k·d is not before cell 0. */
export const firstTap = (start: number, d: number): number => Math.max(0, Math.ceil(-start / d));

/** One past the last tap k of r whose cell start + k·d is before cell n. */
export const pastTap = (start: number, d: number, r: number, n: number): number =>
  Math.min(r, Math.ceil((n - start) / d));
