import fc from "fast-check";
import type { Invocation } from "../check.ts";
import { channels } from "./channels.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";
import { drawnWindow } from "./window.ts";

/** Any valid call of correlate or convolve. */
export function kernelCall<N extends "correlate" | "convolve">(
  operator: N,
  { dtype = "f32", values = "exact", window, ...limits }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> {
  return fc
    .tuple(window ?? drawnWindow(limits), channels)
    .chain(([{ X, R, attributes }, { N, groups, perGroup, kernels, bias }]) => {
      // Volumes grow fast: fewer channels keep a call small.
      const C = X.length === 3 ? Math.min(perGroup, 2) : perGroup;
      return fc
        .record({
          V: drawnTensor(dtype, [N, groups * C, ...X], values),
          K: drawnTensor(dtype, [groups * kernels, C, ...R], values),
          ...(bias ? { b: drawnTensor(dtype, [groups * kernels], values) } : {}),
        })
        .map((inputs) => ({ operator, inputs, attributes: { ...attributes, groups } }) as unknown as Invocation<N>);
    });
}
