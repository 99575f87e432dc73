import { f32, f32x4, f64, forRange, func, i32, v128, type WasmFunction } from "../wasm/index.ts";
import { lanes, normalise, ofChannel, reciprocalDeviation } from "./batch-norm.ts";
import { type Channels, overChannel } from "./channel.ts";
import { storeLanes } from "./strided.ts";

/** One item is a channel of x [N, C, …X]: its elements normalised with the statistics given. */
export const batchNormInferenceKernel = (channels: Channels): WasmFunction =>
  func(
    "normalise",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      epsilon: "f64",
      x: "i32",
      gamma: "i32",
      beta: "i32",
      y: "i32",
      mean: "i32",
      variance: "i32",
    },
    (at, local) => {
      const [channel, source, target] = Array.from({ length: 3 }, () => local("i32"));
      const [centre, scale, shift] = Array.from({ length: 3 }, () => local("v128"));
      return forRange(channel, at.first, at.past, 1, [
        centre.set(f32x4.splat(f32.load(i32.add(at.mean, i32.shl(channel, 2))))),
        scale.set(
          lanes(
            f64.mul(ofChannel(at.gamma, channel), reciprocalDeviation(ofChannel(at.variance, channel), at.epsilon)),
          ),
        ),
        shift.set(lanes(ofChannel(at.beta, channel))),
        normalise(channels, channel, [source, target], [at.x, at.y], { centre, scale, shift }, local),
      ]);
    },
  );

/** One item is a channel of G [N, C, …X]: dx = G · gamma / √(variance + ε). */
export const batchNormInferenceGradientKernel = (channels: Channels): WasmFunction =>
  func(
    "gradient",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      epsilon: "f64",
      G: "i32",
      gamma: "i32",
      variance: "i32",
      dx: "i32",
    },
    (at, local) => {
      const [channel, source, target] = Array.from({ length: 3 }, () => local("i32"));
      const [scale, value] = [local("v128"), local("v128")];
      return forRange(channel, at.first, at.past, 1, [
        scale.set(
          lanes(
            f64.mul(ofChannel(at.gamma, channel), reciprocalDeviation(ofChannel(at.variance, channel), at.epsilon)),
          ),
        ),
        overChannel(channels, channel, [source, target], [at.G, at.dx], local, (offset, _turn, count) => [
          value.set(f32x4.mul(v128.load(source, offset), scale)),
          storeLanes(target, value, count, offset),
        ]),
      ]);
    },
  );
