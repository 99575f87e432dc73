import fc from "fast-check";
import type { DType, OperatorName } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { drawnTensor, type Values } from "./tensor.ts";
import { type DrawnWindow, drawnWindow, type WindowLimits } from "./window.ts";

/** What a drawn call may be like. */
export interface CallLimits extends WindowLimits {
  readonly dtype?: DType;
  readonly values?: Values;
  /** The window, where it is not to be any. */
  readonly window?: fc.Arbitrary<DrawnWindow>;
}

const channels = fc.record({
  N: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 0, max: 3 })),
  groups: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 2, max: 3 })),
  perGroup: fc.integer({ min: 1, max: 5 }),
  kernels: fc.integer({ min: 1, max: 3 }),
  bias: fc.boolean(),
});

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

/** Any valid call of a pooling operator. */
export function poolCall<N extends "max-pool" | "average-pool">(
  operator: N,
  { dtype = "f32", values = "exact", window, ...limits }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> {
  const any = window ?? drawnWindow({ ...limits, paddingBelowWindow: true });
  return fc
    .tuple(any, channels, fc.constantFrom("valid", "padded"))
    .chain(([{ X, R, attributes }, { N, kernels }, divisor]) =>
      drawnTensor(dtype, [N, kernels, ...X], values).map(
        (V) =>
          ({
            operator,
            inputs: { V },
            attributes: { ...attributes, window: R, ...(operator === "average-pool" ? { divisor } : {}) },
          }) as unknown as Invocation<N>,
      ),
    );
}

const calls: { readonly [N in OperatorName]: (limits?: CallLimits) => fc.Arbitrary<Invocation> } = {
  correlate: (limits) => kernelCall("correlate", limits),
  convolve: (limits) => kernelCall("convolve", limits),
  "max-pool": (limits) => poolCall("max-pool", limits),
  "average-pool": (limits) => poolCall("average-pool", limits),
};

/** Any valid call of an operator. */
export const drawnCall = (operator: OperatorName, limits: CallLimits = {}): fc.Arbitrary<Invocation> =>
  calls[operator](limits);
