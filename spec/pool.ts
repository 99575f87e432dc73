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
import type { Call, Constraint } from "./operator.ts";
import { dilatedExtent, resolvePadding, resolveWindow, type WindowAttributes } from "./window.ts";

export interface PoolAttributes extends WindowAttributes {
  /** The extents of the pooling window, one for each spatial axis. */
  readonly window: readonly number[];
}

/** The types of an operator that pools over space. */
export type Pool = { inputs: "V"; optional: never; attributes: PoolAttributes; outputs: "Z" };

const spatial = ({ inputs, attributes }: Call<Pool>) => [inputs.V.shape.slice(2), attributes.window] as const;

/** POOL-1: the constraints of every pooling window that slides over space. */
export const poolConstraints: readonly Constraint<Pool>[] = [
  oneFormat<Pool>("POOL-1.C1", ["V"]),
  spatialRank<Pool>("POOL-1.C2", "V", 2),
  extents<Pool>("POOL-1.C3", ["V"]),
  positivePerAxis<Pool>("POOL-1.C4", "window", ({ inputs }) => inputs.V.shape.length - 2),
  positivePerAxis<Pool>("POOL-1.C5", "stride", ({ inputs }) => inputs.V.shape.length - 2),
  positivePerAxis<Pool>("POOL-1.C6", "dilation", ({ inputs }) => inputs.V.shape.length - 2),
  paddingKnown<Pool>("POOL-1.C7", spatial),
  kernelFits<Pool>("POOL-1.C8", spatial),
  {
    id: "POOL-1.C9",
    statement: "on every side the padding is smaller than the dilated window",
    violation: (call) => {
      const [X, window] = spatial(call);
      const { padding, dilation, stride } = call.attributes;
      for (const [axis, n] of X.entries()) {
        const e = dilatedExtent(window[axis], dilation[axis]);
        const pads = resolvePadding(padding, axis, n, e, stride[axis]);
        const most = Math.max(...pads);
        if (most >= e) return `padding must be smaller than the ${e} cells of the window on axis ${axis}, got ${most}`;
      }
      return undefined;
    },
  },
  oneOf<Pool>("POOL-1.C10", "rounding", ["floor", "ceil", "strict"]),
  strictFits<Pool>("POOL-1.C11", spatial),
];

/** POOL-1: the output shape of every pooling window that slides over space. */
export const poolShapes = (call: Call<Pool>) => {
  const [X, window] = spatial(call);
  return { Z: [...call.inputs.V.shape.slice(0, 2), ...resolveWindow(X, window, call.attributes).extents] };
};
