import { indices } from "../../reference/index.ts";
import { type Fault, type FaultSpec, fault } from "./fault.ts";
import { sum, weightOf } from "./kernels/windows.ts";
import { type Pool, reduced, weighted } from "./pool.ts";

const make =
  <N extends Pool>(operator: N) =>
  (name: string, spec: FaultSpec<N>) =>
    fault<N>(operator, name, spec);

const norm = (values: readonly number[]): number => Math.sqrt(sum(values.map((v) => v * v)));

const sumPool = make("sum-pool");
const l2Pool = make("l2-pool");
const weightedPool = make("weighted-pool");

/** Faults of the sliding poolings beside maximum and average. */
export const sumPoolFaults: readonly Fault[] = [
  sumPool("divided", {
    title: "this is the average",
    smallest: "[1, 2]",
    caughtBy: "sum-pool/exact/window-1d",
    change: reduced(({ inside }) => sum(inside) / Math.max(1, inside.length)),
  }),
  sumPool("last-element-unadded", {
    title: "the last element of each window is not added",
    smallest: "[1, 2]",
    caughtBy: "sum-pool/exact/window-1d",
    change: reduced(({ inside }) => sum(inside.slice(0, -1))),
  }),
  sumPool("absolute", {
    title: "magnitudes are added",
    smallest: "[−1]",
    caughtBy: "sum-pool/exact/window-1d",
    change: reduced(({ inside }) => sum(inside.map(Math.abs))),
  }),
  sumPool("few-digits", {
    title: "the window is summed in few digits",
    smallest: "real data",
    caughtBy: "sum-pool/real/plane-f32",
    change: reduced(({ inside }) => inside.reduce((total, value) => Math.round((total + value) * 256) / 256, 0)),
  }),
  l2Pool("no-root", {
    title: "the root is not taken",
    smallest: "[2]",
    caughtBy: "l2-pool/real/window-1d",
    change: reduced(({ inside }) => norm(inside) ** 2),
  }),
  l2Pool("root-mean-square", {
    title: "the squares are averaged before the root",
    smallest: "[3, 4]",
    caughtBy: "l2-pool/real/window-1d",
    change: reduced(({ inside }) => norm(inside) / Math.sqrt(Math.max(1, inside.length))),
  }),
  l2Pool("sum-of-magnitudes", {
    title: "this is the sum of magnitudes, the 1-norm",
    smallest: "[3, 4]",
    caughtBy: "l2-pool/real/window-1d",
    change: reduced(({ inside }) => sum(inside.map(Math.abs))),
  }),
  l2Pool("squared-after-the-sum", {
    title: "the sum is squared, not each element",
    smallest: "[3, −3]",
    caughtBy: "l2-pool/real/window-1d",
    change: reduced(({ inside }) => Math.abs(sum(inside))),
  }),
  weightedPool("unnormalised", {
    title: "the weighted sum is not divided by the sum of the weights",
    smallest: "[1, 1]",
    caughtBy: "weighted-pool/real/window-1d",
    change: reduced((at, a) => (at.cells > 0 ? weighted(at, (k) => weightOf(k, a))[0] : Number.NaN)),
  }),
  weightedPool("normalised-by-the-whole-window", {
    title: "the weights of cells outside the input are counted in the divisor",
    smallest: "[1], window 3, padding (1,0)",
    caughtBy: "weighted-pool/real/padding-1d",
    change: reduced((at, a) => {
      const whole = Array.from(indices(...a.window), (k) => weightOf(k, a));
      return at.inside.length === 0 ? Number.NaN : weighted(at, (k) => weightOf(k, a))[0] / sum(whole);
    }),
  }),
  weightedPool("unweighted", {
    title: "all weights are equal: this is the average",
    smallest: "[1, 2, 4]",
    caughtBy: "weighted-pool/real/window-1d",
    change: reduced(({ inside }) => sum(inside) / inside.length),
  }),
  weightedPool("centre-is-a-cell", {
    title: "the centre of a window of even extent is taken to be a cell of it",
    smallest: "[1, 2], window 2",
    caughtBy: "weighted-pool/real/window-1d",
    change: reduced((at, a) => {
      const [total, weights] = weighted(at, (k) => weightOf(k, a, (r) => Math.floor(r / 2)));
      return total / weights;
    }),
  }),
  weightedPool("distance-in-taps", {
    title: "distances are counted in taps: dilation does not lengthen them",
    smallest: "n5, window 3, dilation 2",
    caughtBy: "weighted-pool/real/dilation-1d",
    change: reduced((at, a) => {
      const [total, weights] = weighted(at, (k) => weightOf(k, { ...a, dilation: a.dilation.map(() => 1) }));
      return total / weights;
    }),
  }),
] as unknown as Fault[];
