import type { Rank, Tensor, Tensor3D, Tensor4D, Tensor5D } from "@tensorflow/tfjs";
import { type AttributesOf, type Implementation, type InputsOf, UnsupportedError } from "../../spec/index.ts";
import { tf } from "./engine.ts";
import { channelsLast, computed, depthwiseKernel, kernelLast, lift, lower, tensor } from "./layout.ts";
import { liftAttributes, padsOf, refuseStrideWithDilation, roundingOf, sliding } from "./window.ts";

type Inputs = InputsOf<"correlate">;
type Attributes = AttributesOf<"correlate">;

const spatial = ({ V, K }: Inputs) => [V.shape.slice(2), K.shape.slice(2)] as const;

const withBias = (Z: Tensor<Rank>, { K, b }: Inputs): Tensor<Rank> =>
  b ? tf.add(Z, tf.ensureShape(tensor(b), [K.shape[0]])) : Z;

const only = (name: string, perAxis: readonly number[]): number => {
  if (perAxis.length === 1) return perAxis[0];
  throw new TypeError(`${name} must have one entry for the one spatial axis, got ${JSON.stringify(perAxis)}`);
};

const conv1d = (inputs: Inputs, attributes: Attributes): Tensor<Rank> => {
  const { pad, rounding } = sliding(...spatial(inputs), attributes);
  const [V, K] = [channelsLast(inputs.V) as Tensor3D, kernelLast(inputs.K) as Tensor3D];
  const [s, d] = [only("stride", attributes.stride), only("dilation", attributes.dilation)];
  return tf.conv1d(V, K, s, pad, "NWC", d, rounding);
};

const conv2d = (inputs: Inputs, attributes: Attributes): Tensor<Rank> => {
  const { pad, rounding } = sliding(...spatial(inputs), attributes);
  const [V, K] = [channelsLast(inputs.V) as Tensor4D, kernelLast(inputs.K) as Tensor4D];
  return tf.conv2d(
    V,
    K,
    attributes.stride as [number, number],
    pad,
    "NHWC",
    attributes.dilation as [number, number],
    rounding,
  );
};

const conv3d = (inputs: Inputs, attributes: Attributes): Tensor<Rank> => {
  const { padding, stride, dilation } = attributes;
  const rounding = roundingOf(...spatial(inputs), attributes);
  const [V, K] = [channelsLast(inputs.V) as Tensor5D, kernelLast(inputs.K) as Tensor5D];
  const convolved = (x: Tensor5D, pad: "same" | "valid") =>
    tf.conv3d(x, K, stride as [number, number, number], pad, "NDHWC", dilation as [number, number, number]);
  if (padding === "same") return convolved(V, "same");
  if (rounding === "ceil") throw new UnsupportedError("tfjs's conv3d has no ceil rounding");
  if (padding === "valid") return convolved(V, "valid");
  // conv3d pads by no other rule: the zeros are put in before it, and the convolution is still its own.
  // They are multiplied then, and 0·∞ would be a NaN that the engine never made.
  if (!inputs.K.data.every(Number.isFinite))
    throw new UnsupportedError("tfjs's conv3d takes explicit padding only as zeros in V, and K is not finite");
  const pads = padsOf(...spatial(inputs), attributes).map(([begin, end]): [number, number] => [begin, end]);
  return convolved(tf.pad(V, [[0, 0], ...pads, [0, 0]]), "valid");
};

const depthwise = (inputs: Inputs, attributes: Attributes): Tensor<Rank> => {
  const { pad, rounding } = sliding(...spatial(inputs), attributes);
  const [V, K] = [channelsLast(inputs.V) as Tensor4D, depthwiseKernel(inputs.K, attributes.groups) as Tensor4D];
  return tf.depthwiseConv2d(
    V,
    K,
    attributes.stride as [number, number],
    pad,
    "NHWC",
    attributes.dilation as [number, number],
    rounding,
  );
};

const ungrouped = { 1: conv1d, 2: conv2d, 3: conv3d } as const;

/** CORR-3…9: the engine's convolutions, none of which flips the kernel. */
export const correlate: Implementation<"correlate"> = (inputs, attributes) => {
  const { V, K } = inputs;
  const axes = V.shape.length - 2;
  if (axes !== 1 && axes !== 2 && axes !== 3)
    throw new TypeError(`tfjs convolves over 1, 2 or 3 spatial axes, got V of shape [${V.shape}]`);
  refuseStrideWithDilation(attributes);
  if (attributes.groups === 1) return { Z: computed(() => withBias(ungrouped[axes](inputs, attributes), inputs)) };
  if (attributes.groups !== V.shape[1])
    throw new UnsupportedError("tfjs has no groups but one, or one for each channel");
  if (axes === 3) throw new UnsupportedError("tfjs has no depthwise convolution over 3 axes");
  if (axes === 2) return { Z: computed(() => withBias(depthwise(inputs, attributes), inputs)) };
  const lifted = { ...inputs, V: lift(V), K: lift(K) };
  return { Z: lower(computed(() => withBias(depthwise(lifted, liftAttributes(attributes)), inputs))) };
};
