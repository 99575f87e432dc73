import {
  type Code,
  f32,
  f32x4,
  f64,
  forRange,
  func,
  i32,
  type Local,
  type NewLocal,
  type Operand,
  v128,
  type WasmFunction,
} from "../wasm/index.ts";
import { type Channels, lanesOf, overChannel, Sum } from "./channel.ts";
import { storeLanes } from "./strided.ts";

/** Element `index` of an array. */
const element = (base: Local, index: Local): Code => i32.add(base, i32.shl(index, 2));

/** Mean and variance of a channel. */
export interface Statistics {
  /** The mean rounded to f32, in all lanes, and what is missing of it: deviations are taken from the former. */
  readonly centre: Local;
  readonly missing: Local;
  readonly variance: Local;
  /** Sets them, for a channel of x. */
  readonly code: Code;
}

/**
 * NORM-1, in two passes: the mean, then the deviations from it. Their sum is not quite 0, since the mean is rounded:
 * what it is corrects the variance, and what is normalised.
 */
export function statistics(channels: Channels, channel: Local, pointer: Local, x: Local, local: NewLocal): Statistics {
  const m = channels.N * channels.plane;
  const [centre, deviation] = [local("v128"), local("v128")];
  const [missing, variance] = [local("f64"), local("f64")];
  const [sum, squares] = [new Sum(local), new Sum(local)];
  const pass = (visit: Parameters<typeof overChannel>[5], after: Code): Code =>
    overChannel(channels, channel, [pointer], [x], local, visit, after);
  const mean = (total: Operand): Code => f64.div(total, f64.const(m));
  const code: Code = [
    sum.begin(),
    pass((offset, turn, lanes) => sum.add(lanesOf(v128.load(pointer, offset), lanes), turn), sum.flush()),
    centre.set(f32x4.splat(f32.demote_f64(mean(sum.total)))),
    sum.begin(),
    squares.begin(),
    pass(
      (offset, turn, lanes) => [
        deviation.set(lanesOf(f32x4.sub(v128.load(pointer, offset), centre), lanes)),
        sum.add(deviation.get(), turn),
        squares.add(f32x4.mul(deviation, deviation), turn),
      ],
      [sum.flush(), squares.flush()],
    ),
    missing.set(mean(sum.total)),
    variance.set(f64.sub(mean(squares.total), f64.mul(missing, missing))),
  ];
  return { centre, missing, variance, code };
}

/** y = (x − centre) · scale + shift over one channel. */
export const normalise = (
  channels: Channels,
  channel: Local,
  [source, target]: readonly [Local, Local],
  [x, y]: readonly [Local, Local],
  { centre, scale, shift }: Readonly<Record<"centre" | "scale" | "shift", Local>>,
  local: NewLocal,
): Code => {
  const value = local("v128");
  return overChannel(channels, channel, [source, target], [x, y], local, (offset, _turn, lanes) => [
    value.set(f32x4.add(f32x4.mul(f32x4.sub(v128.load(source, offset), centre), scale), shift)),
    storeLanes(target, value, lanes, offset),
  ]);
};

/** 1 / √(variance + ε), in f64. */
export const reciprocalDeviation = (variance: Operand, epsilon: Local): Code =>
  f64.div(f64.const(1), f64.sqrt(f64.add(variance, epsilon)));

/** An f64 in all lanes, as f32. */
export const lanes = (value: Operand): Code => f32x4.splat(f32.demote_f64(value));

/** One element of an array of one for each channel, as f64. */
export const ofChannel = (base: Local, channel: Local): Code => f64.promote_f32(f32.load(element(base, channel)));

/** One item is a channel of x [N, C, …X]: its mean and variance, and its elements normalised with them. */
export const batchNormKernel = (channels: Channels): WasmFunction =>
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
      const factor = local("f64");
      const [scale, shift] = [local("v128"), local("v128")];
      const found = statistics(channels, channel, source, at.x, local);
      const { centre, missing, variance } = found;
      return forRange(channel, at.first, at.past, 1, [
        found.code,
        f32.store(element(at.mean, channel), f32x4.extract_lane(centre, 0)),
        f32.store(element(at.variance, channel), f32.demote_f64(variance)),
        factor.set(f64.mul(ofChannel(at.gamma, channel), reciprocalDeviation(variance, at.epsilon))),
        scale.set(lanes(factor)),
        shift.set(lanes(f64.sub(ofChannel(at.beta, channel), f64.mul(missing, factor)))),
        normalise(channels, channel, [source, target], [at.x, at.y], { centre, scale, shift }, local),
      ]);
    },
  );
