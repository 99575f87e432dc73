import type { Rank, Tensor, Tensor4D, Tensor5D } from "@tensorflow/tfjs";
import {
  type AveragePoolAttributes,
  type Implementation,
  type PoolAttributes,
  type Tensor as Stored,
  UnsupportedError,
} from "../../spec/index.ts";
import { tf } from "./engine.ts";
import { channelsLast, computed, lift, lower } from "./layout.ts";
import { liftAttributes, padsOf, refuseStrideWithDilation, roundingOf, sliding, wordFor } from "./window.ts";

type Kind = "max" | "avg";

const undilated = (V: Stored, { dilation }: PoolAttributes): boolean =>
  dilation.length === V.shape.length - 2 && dilation.every((d) => d === 1);

const pool2d = (kind: Kind, V: Stored, attributes: PoolAttributes): Tensor<Rank> => {
  const window = attributes.window as [number, number];
  const stride = attributes.stride as [number, number];
  const x = channelsLast(V) as Tensor4D;
  const { pad, rounding } = sliding(V.shape.slice(2), window, attributes);
  // The dilated operator has a stride of 1, where there is nothing to round.
  if (!undilated(V, attributes)) return tf.pool(x, window, kind, pad, attributes.dilation as [number, number], stride);
  return kind === "max" ? tf.maxPool(x, window, stride, pad, rounding) : tf.avgPool(x, window, stride, pad, rounding);
};

/** The padding of a window over three axes: SAME, or one number for every side. */
const pad3d = (V: Stored, attributes: PoolAttributes): "same" | number => {
  if (attributes.padding === "same") return "same";
  const pads = padsOf(V.shape.slice(2), attributes.window, attributes);
  const [[first]] = pads;
  if (pads.flat().every((cells) => cells === first)) return first;
  throw new UnsupportedError("tfjs pools over 3 axes with the same padding on every side only");
};

const pool3d = (kind: Kind, V: Stored, attributes: PoolAttributes): Tensor<Rank> => {
  if (!undilated(V, attributes)) throw new UnsupportedError("tfjs pools over 3 axes without dilation only");
  const x = channelsLast(V) as Tensor5D;
  const window = attributes.window as [number, number, number];
  const stride = attributes.stride as [number, number, number];
  const pad = pad3d(V, attributes);
  const rounding = roundingOf(V.shape.slice(2), window, attributes);
  const pooled = kind === "max" ? tf.maxPool3d : tf.avgPool3d;
  // SAME fits the padding to the stride, and the engine takes no rounding with it.
  return pooled(x, window, stride, pad, pad === "same" ? undefined : rounding);
};

const pool1d = (kind: Kind, V: Stored, attributes: PoolAttributes): Tensor<Rank> =>
  pool2d(kind, lift(V), { ...liftAttributes(attributes), window: [1, ...attributes.window] });

const pool = (kind: Kind, V: Stored, attributes: PoolAttributes): Stored => {
  refuseStrideWithDilation(attributes);
  const axes = V.shape.length - 2;
  if (axes === 1) return lower(computed(() => pool1d(kind, V, attributes)));
  if (axes === 2) return computed(() => pool2d(kind, V, attributes));
  if (axes === 3) return computed(() => pool3d(kind, V, attributes));
  throw new TypeError(`tfjs pools over 1, 2 or 3 spatial axes, got V of shape [${V.shape}]`);
};

/** POOL-2: the engine's maximum of each window. */
export const maxPool: Implementation<"max-pool"> = ({ V }, attributes) => ({ Z: pool("max", V, attributes) });

const divisors = { valid: "elements", padded: "cells" } as const;

/** The engine divides by the elements of a window; where nothing is padded the two divisors are one. */
const refusePaddedDivisor = (V: Stored, attributes: AveragePoolAttributes): void => {
  if (wordFor(divisors, "divisor", attributes.divisor) === "elements") return;
  const pads = padsOf(V.shape.slice(2), attributes.window, attributes).flat();
  if (pads.some((cells) => cells !== 0)) throw new UnsupportedError("tfjs has no average that counts the padding");
};

/** POOL-3: the engine's average of each window. */
export const averagePool: Implementation<"average-pool"> = ({ V }, attributes) => {
  refusePaddedDivisor(V, attributes);
  return { Z: pool("avg", V, attributes) };
};
