import { decode, indexAt, offsetOf } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import { part, type Shown, slidingFaults, tailStale, withRole, zeroBatchStale } from "./contraction.ts";
import { type Change, type Fault, fault } from "./fault.ts";
import type { Contraction, Meeting } from "./kernels/contract.ts";
import type { Contracted } from "./kernels/contractions.ts";
import { allMapped, samples } from "./kernels/mapped.ts";

/** The cases that layers with unshared and with tiled kernels have in common. */
const shown: Shown = {
  strides: "stride-2d",
  dilation: "dilation-1d",
  padding: "padding-1d",
  same: "same-1d",
  batch: "batch-1d",
  flip: "one-channel-1d",
  lastWindow: "one-channel-1d",
};

type Local = "locally-connected" | "locally-connected-kernel-gradient" | "locally-connected-input-gradient";
type Tiled = "tiled" | "tiled-kernel-gradient" | "tiled-input-gradient";

/** Which role of the sum of products the weights have. */
const weights = (operator: Contracted): "sum" | 1 => (operator.endsWith("kernel-gradient") ? "sum" : 1);

const unshared = (operator: Local): Fault<Local>[] => [
  ...slidingFaults<Local>(operator, shown),
  fault<Local>(operator, "shared", {
    title: "every position has the weights of the first: this is convolution with a shared kernel",
    smallest: "n3, k2",
    caughtBy: `${operator}/exact/one-channel-1d`,
    change: part(operator, (correct) =>
      withRole(correct, weights(operator), ({ o, p, c, k }) => [o, ...p.map(() => 0), c, ...k]),
    ),
  }),
  fault<Local>(operator, "positions-exchanged", {
    title: "the kernels of a square output are read with the axes of their positions exchanged",
    smallest: "3×3, k2",
    caughtBy: `${operator}/law/reference-exact`,
    change: part(operator, (correct) =>
      new Set(correct.P).size === 1
        ? withRole(correct, weights(operator), ({ o, p, c, k }) => [o, ...p.toReversed(), c, ...k])
        : {},
    ),
  }),
  fault<Local>(operator, "channels-outside-positions", {
    title: "weights are laid out with input channels before positions",
    smallest: "C2, n3, k2",
    caughtBy: `${operator}/exact/channels-1d`,
    change: part(operator, (correct) => {
      const { O, C, P, R } = correct;
      const at = ({ o, p, c, k }: Meeting) => [o, c, ...p, ...k];
      const shape = [O, C, ...P, ...R];
      const { sum, factors } = correct;
      return weights(operator) === "sum"
        ? { sum: { ...sum, at: (m) => indexAt(sum.shape, offsetOf(shape, at(m))) } }
        : { factors: [factors[0], { ...factors[1], shape, at }] };
    }),
  }),
];

const local: Fault<Local>[] = [
  ...unshared("locally-connected"),
  ...unshared("locally-connected-kernel-gradient"),
  ...unshared("locally-connected-input-gradient"),
  fault<Local>("locally-connected", "bias-ignored", {
    title: "the bias is not added",
    smallest: "b1",
    caughtBy: "locally-connected/exact/bias-1d",
    change: part<Local>("locally-connected", () => ({ start: () => 0 })),
  }),
  fault<Local>("locally-connected", "bias-shared", {
    title: "every position has the bias of the first",
    smallest: "n2, k1, b",
    caughtBy: "locally-connected/exact/bias-1d",
    change: part<Local>("locally-connected", ({ start }) => ({
      start: ([n, o, ...p]) => start([n, o, ...p.map(() => 0)]),
    })),
  }),
  zeroBatchStale<Local>("locally-connected-kernel-gradient"),
  tailStale<Local>("locally-connected-input-gradient"),
];

/** A change of which of the t kernels has its turn at a meeting, on one axis. */
const turn = (
  operator: Tiled,
  tile: (m: Meeting, axis: number, t: number, correct: Contraction) => number,
): Change<Tiled> =>
  part<Tiled>(operator, (correct) => {
    const which = weights(operator);
    const role = which === "sum" ? correct.sum : correct.factors[1];
    const t = role.shape.slice(2 + correct.R.length);
    return withRole(correct, which, (m) => [m.o, m.c, ...m.k, ...t.map((turns, i) => tile(m, i, turns, correct))]);
  });

const tiledFaults = (operator: Tiled): Fault<Tiled>[] => [
  ...slidingFaults<Tiled>(operator, shown),
  fault<Tiled>(operator, "turns-from-one", {
    title: "the turns begin with the second kernel: the notes' 1-based j%t read as 0-based",
    smallest: "n3, k2, t2",
    caughtBy: `${operator}/exact/one-channel-1d`,
    change: turn(operator, ({ p }, i, t) => (p[i] + 1) % t),
  }),
  fault<Tiled>(operator, "turns-by-input", {
    title: "the turn follows the input coordinate, not the output position",
    smallest: "n5, k2, stride 2, t2",
    caughtBy: `${operator}/exact/turns-under-stride-1d`,
    change: turn(operator, ({ p }, i, t, { s }) => (p[i] * s[i]) % t),
  }),
  fault<Tiled>(operator, "turns-in-blocks", {
    title: "kernels hold for blocks of positions, one after the other, and do not take turns",
    smallest: "n5, k2, t2",
    caughtBy: `${operator}/exact/one-channel-1d`,
    change: turn(operator, ({ p }, i, t, { P }) => Math.floor((p[i] * t) / Math.max(P[i], t))),
  }),
  fault<Tiled>(operator, "one-kernel", {
    title: "the first kernel is used everywhere",
    smallest: "n3, k2, t2",
    caughtBy: `${operator}/exact/one-channel-1d`,
    change: turn(operator, () => 0),
  }),
  fault<Tiled>(operator, "turns-on-the-last-axis", {
    title: "kernels take turns on the last axis alone",
    smallest: "3×3, k2, t 2×2",
    caughtBy: `${operator}/exact/one-channel-2d`,
    change: turn(operator, ({ p }, i, t) => (i === p.length - 1 ? p[i] % t : 0)),
  }),
];

const tiled: Fault<Tiled>[] = [
  ...tiledFaults("tiled"),
  ...tiledFaults("tiled-kernel-gradient"),
  ...tiledFaults("tiled-input-gradient"),
  fault<Tiled>("tiled", "bias-ignored", {
    title: "the bias is not added",
    smallest: "b1",
    caughtBy: "tiled/exact/bias-1d",
    change: part<Tiled>("tiled", () => ({ start: () => 0 })),
  }),
  zeroBatchStale<Tiled>("tiled-kernel-gradient"),
  tailStale<Tiled>("tiled-input-gradient"),
];

const bias = "locally-connected-bias-gradient" as const;

const biasGradient: Fault<typeof bias>[] = [
  fault(bias, "averaged-over-the-batch", {
    title: "the sum over the samples is divided by their number",
    smallest: "N2",
    caughtBy: `${bias}/exact/batch-1d`,
    change: (run, inputs, a) =>
      allMapped(run(inputs, a), (value) => value / Math.max(1, (inputs.G as Tensor).shape[0])),
  }),
  fault(bias, "only-first-sample", {
    title: "only the first sample of the batch counts",
    smallest: "N2",
    caughtBy: `${bias}/exact/batch-1d`,
    change: (run, inputs, a) => {
      run(inputs, a);
      const G = inputs.G as Tensor;
      return run({ G: samples(G, 0, Math.min(1, G.shape[0])) }, a);
    },
  }),
  fault(bias, "shared", {
    title: "positions share one gradient: the sum runs over them, too",
    smallest: "1×2",
    caughtBy: `${bias}/exact/batch-1d`,
    change: (run, inputs, a) => {
      const { db } = run(inputs, a);
      const plane = db.shape.slice(1).reduce((product, extent) => product * extent, 1);
      const values = decode(db);
      const sumFrom = (first: number) =>
        Array.from({ length: plane }, (_, p) => values[first + p]).reduce((sum, value) => sum + value, 0);
      return allMapped({ db }, (_, at) => sumFrom(at - (at % plane)));
    },
  }),
  fault(bias, "zero-alone", {
    title: "the bias gradient is zero unless the kernel's is asked for, too",
    models: "apache/mxnet#15464",
    smallest: "the bias alone",
    caughtBy: `${bias}/gradient/alone`,
    change: (run, inputs, a) => allMapped(run(inputs, a), () => 0),
  }),
];

/** Faults of layers whose kernel depends on the position, and of their gradients. */
export const localFaults: readonly Fault[] = [...local, ...tiled, ...biasGradient] as unknown as Fault[];
