import type { Shape } from "./tensor.ts";

/** Zero padding: a named rule, or the number of cells before and after each spatial axis. */
export type Padding = "valid" | "same" | "same-lower" | "full" | readonly (readonly [number, number])[];

/** What happens where the last step of a window does not fit the padded input exactly (SHAPE-2). */
export type Rounding = "floor" | "ceil" | "strict";

/** How a window slides; one entry of stride and dilation for each spatial axis. */
export interface WindowAttributes {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: Padding;
  readonly rounding: Rounding;
}

/** A window resolved against an input: everything a kernel's loops need, one entry for each spatial axis. */
export interface Window {
  /** Cells of padding before the first input element. */
  readonly begin: readonly number[];
  /** Cells of padding after the last input element. */
  readonly end: readonly number[];
  /** The extents of the output. */
  readonly extents: Shape;
}

export const defaultWindow = (axes: number): WindowAttributes => ({
  stride: Array<number>(axes).fill(1),
  dilation: Array<number>(axes).fill(1),
  padding: "valid",
  rounding: "floor",
});

/** SHAPE-6: the cells a kernel of extent r spans under dilation d. */
export const dilatedExtent = (r: number, d: number): number => (r - 1) * d + 1;

/** SHAPE-1, 3, 4, 5: the padding [begin, end] of one axis of n cells under a window spanning e cells at stride s. */
export function resolvePadding(
  padding: Padding,
  axis: number,
  n: number,
  e: number,
  s: number,
): readonly [number, number] {
  if (typeof padding === "object") return padding[axis] as readonly [number, number];
  if (padding === "valid") return [0, 0];
  if (padding === "full") return [e - 1, e - 1];
  const total = Math.max((Math.ceil(n / s) - 1) * s + e - n, 0);
  const less = Math.floor(total / 2);
  return padding === "same" ? [less, total - less] : [total - less, less];
}

/**
 * SHAPE-2: the number of windows along one axis. Under `ceil` one more, which overhangs the end,
 * where cells are left over and it begins on or before the last input element.
 */
export function windowCount(n: number, e: number, s: number, begin: number, end: number, rounding: Rounding): number {
  const steps = (n + begin + end - e) / s;
  const fitting = Math.floor(steps) + 1;
  const leftOver = !Number.isInteger(steps);
  return rounding === "ceil" && leftOver && fitting * s - begin < n ? fitting + 1 : fitting;
}

/**
 * Resolves a sliding window: X the spatial extents of the input, R those of the kernel or window.
 * The attributes must meet the constraints.
 */
export function resolveWindow(X: Shape, R: Shape, { stride, dilation, padding, rounding }: WindowAttributes): Window {
  const pads = X.map((n, axis) =>
    resolvePadding(padding, axis, n, dilatedExtent(R[axis], dilation[axis]), stride[axis]),
  );
  return {
    begin: pads.map(([begin]) => begin),
    end: pads.map(([, end]) => end),
    extents: X.map((n, axis) =>
      windowCount(n, dilatedExtent(R[axis], dilation[axis]), stride[axis], ...pads[axis], rounding),
    ),
  };
}
