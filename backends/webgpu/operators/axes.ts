import { resolveWindow, type Shape, type WindowAttributes } from "../../../spec/index.ts";
import type { Triple } from "../device/layout.ts";

/** One, two or three values as three, the slowest axis first; the axes that are not there have `fill`. */
export const lift = (values: readonly number[], fill: number): Triple =>
  [...Array<number>(3 - values.length).fill(fill), ...values] as unknown as Triple;

/** A window that slides over three axes, by the letters of the kernels; the axes that are not there have extent 1. */
export type Slide = {
  readonly X: Triple;
  readonly R: Triple;
  readonly P: Triple;
  readonly s: Triple;
  readonly d: Triple;
  readonly begin: Triple;
};

/**
 * Lifts a window to three axes.
 * @param X the extents of the input @param R those of the kernel
 */
export function slide(X: Shape, R: Shape, attributes: WindowAttributes): Slide & { readonly end: Triple } {
  const { begin, end, extents } = resolveWindow(X, R, attributes);
  return {
    X: lift(X, 1),
    R: lift(R, 1),
    P: lift(extents, 1),
    s: lift(attributes.stride, 1),
    d: lift(attributes.dilation, 1),
    begin: lift(begin, 0),
    end: lift(end, 0),
  };
}
