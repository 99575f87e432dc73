import { f32, f32x4, f64, forRange, func, i32, v128, type WasmFunction } from "../wasm/index.ts";
import { lanes, ofChannel, reciprocalDeviation, statistics } from "./batch-norm.ts";
import { type Channels, lanesOf, overChannel, Sum } from "./channel.ts";
import { storeLanes } from "./strided.ts";

/**
 * One item is a channel of x and G [N, C, …X]. With x̂ = (x − mean) / √(variance + ε):
 * dbeta = Σ G, dgamma = Σ G x̂ and dx = gamma / √(variance + ε) · (G − dbeta / m − x̂ · dgamma / m).
 */
export const batchNormGradientKernel = (channels: Channels): WasmFunction =>
  func(
    "gradient",
    {
      first: "i32",
      past: "i32",
      thread: "i32",
      epsilon: "f64",
      x: "i32",
      gamma: "i32",
      G: "i32",
      dx: "i32",
      dgamma: "i32",
      dbeta: "i32",
    },
    (at, local) => {
      const m = channels.N * channels.plane;
      const [channel, source, errors, target] = Array.from({ length: 4 }, () => local("i32"));
      const [scale, shift, factor, mean, slope, error, value] = Array.from({ length: 7 }, () => local("v128"));
      const reciprocal = local("f64");
      const [sum, along] = [new Sum(local), new Sum(local)];
      const found = statistics(channels, channel, source, at.x, local);
      const normalised = (offset: number) =>
        f32x4.add(f32x4.mul(f32x4.sub(v128.load(source, offset), found.centre), scale), shift);
      const result = (base: typeof at.dgamma) => i32.add(base, i32.shl(channel, 2));
      return forRange(channel, at.first, at.past, 1, [
        found.code,
        reciprocal.set(reciprocalDeviation(found.variance, at.epsilon)),
        scale.set(lanes(reciprocal)),
        shift.set(lanes(f64.sub(f64.const(0), f64.mul(found.missing, reciprocal)))),
        sum.begin(),
        along.begin(),
        overChannel(
          channels,
          channel,
          [source, errors],
          [at.x, at.G],
          local,
          (offset, turn, count) => [
            error.set(lanesOf(v128.load(errors, offset), count)),
            sum.add(error.get(), turn),
            along.add(lanesOf(f32x4.mul(error, normalised(offset)), count), turn),
          ],
          [sum.flush(), along.flush()],
        ),
        f32.store(result(at.dbeta), f32.demote_f64(sum.total)),
        f32.store(result(at.dgamma), f32.demote_f64(along.total)),
        mean.set(lanes(f64.div(sum.total, f64.const(m)))),
        slope.set(lanes(f64.div(along.total, f64.const(m)))),
        factor.set(lanes(f64.mul(ofChannel(at.gamma, channel), reciprocal))),
        overChannel(channels, channel, [source, errors, target], [at.x, at.G, at.dx], local, (offset, _turn, count) => [
          error.set(f32x4.sub(v128.load(errors, offset), mean)),
          value.set(f32x4.mul(factor, f32x4.sub(error, f32x4.mul(normalised(offset), slope)))),
          storeLanes(target, value, count, offset),
        ]),
      ]);
    },
  );
