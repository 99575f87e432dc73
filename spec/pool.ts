import {
  extents,
  kernelFits,
  oneFormat,
  oneOf,
  paddingKnown,
  positivePerAxis,
  spatialRank,
  strictFits,
} from "./constraints.ts";
import type { Call, Constraint, OperatorTypes } from "./operator.ts";
import type { Shape } from "./tensor.ts";
import { defaultWindow, dilatedExtent, resolvePadding, resolveWindow, type WindowAttributes } from "./window.ts";

export interface PoolAttributes extends WindowAttributes {
  /** The extents of the pooling window, one for each spatial axis. */
  readonly window: readonly number[];
}

/** The types of an operator that pools over space. */
export type Pool = { inputs: "V"; optional: never; attributes: PoolAttributes; outputs: "Z" };

/** Any operator with a pooling window: it has the attributes, whatever its inputs. */
type Windowed = OperatorTypes & { attributes: PoolAttributes };

/**
 * POOL-1: the constraints of a pooling window that slides over an input.
 * @param X the spatial extents of that input
 */
export const windowConstraints = <T extends Windowed>(X: (call: Call<T>) => Shape): readonly Constraint<T>[] => {
  const axes = (call: Call<T>) => X(call).length;
  const spatial = (call: Call<T>) => [X(call), call.attributes.window] as const;
  return [
    positivePerAxis<T>("POOL-1.C4", "window", axes),
    positivePerAxis<T>("POOL-1.C5", "stride", axes),
    positivePerAxis<T>("POOL-1.C6", "dilation", axes),
    paddingKnown<T>("POOL-1.C7", spatial),
    kernelFits<T>("POOL-1.C8", spatial),
    {
      id: "POOL-1.C9",
      statement: "on every side the padding is smaller than the dilated window",
      violation: (call) => {
        const { window, padding, dilation, stride } = call.attributes;
        for (const [axis, n] of X(call).entries()) {
          const e = dilatedExtent(window[axis], dilation[axis]);
          const pads = resolvePadding(padding, axis, n, e, stride[axis]);
          const most = Math.max(...pads);
          if (most >= e)
            return `padding must be smaller than the ${e} cells of the window on axis ${axis}, got ${most}`;
        }
        return undefined;
      },
    },
    oneOf<T>("POOL-1.C10", "rounding", ["floor", "ceil", "strict"]),
    strictFits<T>("POOL-1.C11", spatial),
  ];
};

/** POOL-1: the constraints of every operator that pools V over space. */
export const poolConstraints: readonly Constraint<Pool>[] = [
  oneFormat<Pool>("POOL-1.C1", ["V"]),
  spatialRank<Pool>("POOL-1.C2", "V", 2),
  extents<Pool>("POOL-1.C3", ["V"]),
  ...windowConstraints<Pool>(({ inputs }) => inputs.V.shape.slice(2)),
];

/** POOL-1: the output shape of every pooling window that slides over V [N, C, …X]. */
export const poolShapes = ({ inputs: { V }, attributes }: Call<Pool>) => ({
  Z: pooledShape(V.shape, attributes),
});

/** The shape [N, C, …P] that a pooling window makes of [N, C, …X]. */
export const pooledShape = ([N, C, ...X]: Shape, attributes: PoolAttributes): Shape => [
  N,
  C,
  ...resolveWindow(X, attributes.window, attributes).extents,
];

/** A window of one cell, moved cell by cell. */
export const defaultPool = (axes: number): PoolAttributes => ({
  ...defaultWindow(axes),
  window: Array<number>(axes).fill(1),
});
