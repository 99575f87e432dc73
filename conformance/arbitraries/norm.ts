import fc from "fast-check";
import type { OperatorName, Shape, Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";

/** The shape of a batch with channels: extents of 1 often. */
const batchShape = (least: number): fc.Arbitrary<Shape> =>
  fc
    .tuple(
      fc.oneof(fc.constant(1), fc.integer({ min: least, max: 3 })),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 4 })), { minLength: 3, maxLength: 3 }),
    )
    .map(([N, C, axes, X]) => [N, C, ...X.slice(0, axes)]);

const epsilon = fc.constantFrom(1e-5, 1e-3, 0.1, 1, 4);

/** A variance is not negative. */
const absolute = (tensor: Tensor): Tensor => ({
  ...tensor,
  // A bit pattern of f16 has its sign in its first bit.
  data: tensor.data.map((value) => (tensor.dtype === "f16" ? value & 0x7fff : Math.abs(value))) as Tensor["data"],
});

/** Any valid call of an operator with tensors of the shape of a batch and others with one element for each channel. */
const normCall =
  (operator: OperatorName, batch: readonly string[], perChannel: readonly string[], least: number) =>
  ({ dtype = "f32", values = "exact" }: CallLimits = {}): fc.Arbitrary<Invocation> =>
    fc.tuple(batchShape(least), epsilon).chain(([shape, ε]) => {
      const whole = batch.map((name) => [name, drawnTensor(dtype, shape, values)] as const);
      const single = perChannel.map((name) => {
        const drawn = drawnTensor(dtype, [shape[1]], values);
        return [name, name === "variance" ? drawn.map(absolute) : drawn] as const;
      });
      return fc
        .record(Object.fromEntries([...whole, ...single]))
        .map((inputs) => ({ operator, inputs, attributes: { epsilon: ε } }) as unknown as Invocation);
    });

/** Any valid call of batch-norm. */
export const batchNormCall = normCall("batch-norm", ["x"], ["gamma", "beta"], 1);

/** Any valid call of batch-norm-inference. */
export const batchNormInferenceCall = normCall("batch-norm-inference", ["x"], ["mean", "variance", "gamma", "beta"], 0);

/** Any valid call of batch-norm-gradient. */
export const batchNormGradientCall = normCall("batch-norm-gradient", ["x", "G"], ["gamma"], 1);

/** Any valid call of batch-norm-inference-gradient. */
export const batchNormInferenceGradientCall = normCall(
  "batch-norm-inference-gradient",
  ["G"],
  ["gamma", "variance"],
  0,
);
