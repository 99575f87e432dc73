import { decode, encode, type StoredInputs } from "../../reference/index.ts";
import { type CorrelateAttributes, resolveWindow, type Tensor } from "../../spec/index.ts";
import type { Change, Outputs } from "./fault.ts";
import { type Steps, slideWith } from "./kernels/slide.ts";

export type Kernel = "correlate" | "convolve";

export const spatial = ({ V, K }: StoredInputs) =>
  [(V as Tensor).shape.slice(2), (K as Tensor).shape.slice(2)] as const;

/** Both operators slide the same kernel; convolution meets it backwards. */
export const flip = (k: readonly number[], R: readonly number[]) => k.map((tap, axis) => R[axis] - 1 - tap);
export const own = (operator: Kernel, steps: Partial<Steps>): Partial<Steps> =>
  operator === "convolve" ? { tap: flip, ...steps } : steps;

/** A change of one step of the loops; bad calls are refused as they should be. */
export const step =
  (
    operator: Kernel,
    steps: Partial<Steps>,
    when: (inputs: StoredInputs, a: CorrelateAttributes) => boolean = () => true,
  ): Change<Kernel> =>
  (run, inputs, attributes) => {
    const right = run(inputs, attributes);
    return when(inputs, attributes) ? slideWith(own(operator, steps), inputs, attributes) : right;
  };

/** A change of the attributes. The output keeps the shape that was computed, correctly, elsewhere. */
export const attribute =
  (
    operator: Kernel,
    change: (a: CorrelateAttributes, inputs: StoredInputs) => Partial<CorrelateAttributes>,
  ): Change<Kernel> =>
  (run, inputs, attributes) => {
    run(inputs, attributes);
    const { stride, dilation, padding } = { ...attributes, ...change(attributes, inputs) };
    const begin =
      typeof padding === "object"
        ? padding.map(([cells]) => cells)
        : resolveWindow(...spatial(inputs), { ...attributes, padding }).begin;
    const source: Steps["source"] = (p, _s, k, _d, _a, axis) => p * stride[axis] + k * dilation[axis] - begin[axis];
    return slideWith(own(operator, { source }), inputs, attributes);
  };

export const last = (values: readonly number[]): number => values[values.length - 1];

export const every = (Z: Tensor, change: (value: number, at: number) => number): Outputs => ({
  Z: encode(Z.dtype, Z.shape, Array.from(decode(Z), change)),
});
