import { decode, encode, indices, offsetOf, type StoredInputs } from "../../reference/index.ts";
import { adaptiveWindow, type ChannelPoolAttributes, type Tensor } from "../../spec/index.ts";
import { type Change, type Fault, type FaultSpec, fault, type Outputs, roundTo } from "./fault.ts";
import { type Bounds, grid, poolWith, sum, type WindowAt, weightOf, winnerOf } from "./kernels/windows.ts";
import { type Pool, reduced, weighted } from "./pool.ts";

const make =
  <N extends Pool>(operator: N) =>
  (name: string, spec: FaultSpec<N>) =>
    fault<N>(operator, name, spec);

const norm = (values: readonly number[]): number => Math.sqrt(sum(values.map((v) => v * v)));

const sumPool = make("sum-pool");
const l2Pool = make("l2-pool");
const weightedPool = make("weighted-pool");

const sums: Fault<Pool>[] = [
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
] as unknown as Fault<Pool>[];

/** The place of a winner, by a rule of one's own. */
const won = (place: (at: WindowAt, winner: number) => number): Change<"max-pool-winners"> =>
  reduced((at) => (at.inside.length === 0 ? -1 : place(at, winnerOf(at.inside))));

const winners: Fault<"max-pool-winners">[] = [
  fault("max-pool-winners", "place-in-window", {
    title: "the place is that in the window, not in the plane",
    smallest: "[1, 2, 3], window 2",
    caughtBy: "max-pool-winners/exact/window-1d",
    change: (run, inputs, a) => won(({ elements }, winner) => offsetOf(a.window, elements[winner].k))(run, inputs, a),
  }),
  fault("max-pool-winners", "place-in-sample", {
    title: "the place is counted over all channels of the sample",
    smallest: "C2",
    caughtBy: "max-pool-winners/exact/window-1d",
    change: won(({ elements, X, c }, winner) => offsetOf([c + 1, ...X], [c, ...elements[winner].x])),
  }),
  fault("max-pool-winners", "last-axis-slowest", {
    title: "places are counted with the first axis fastest",
    smallest: "2×3, window 1",
    caughtBy: "max-pool-winners/exact/window-2d",
    change: won(({ elements, X }, winner) => offsetOf(X.toReversed(), elements[winner].x.toReversed())),
  }),
  fault("max-pool-winners", "counted-from-one", {
    title: "places are counted from 1",
    smallest: "[1]",
    caughtBy: "max-pool-winners/exact/window-1d",
    change: won(({ elements, X }, winner) => offsetOf(X, elements[winner].x) + 1),
  }),
  fault("max-pool-winners", "last-of-ties", {
    title: "of equal elements the last wins, though the backend declares the first",
    smallest: "[1, 1], window 2",
    caughtBy: "max-pool-winners/special/ties",
    change: won(({ elements, X, inside }, winner) => {
      const last = Number.isNaN(inside[winner]) ? winner : inside.lastIndexOf(inside[winner]);
      return offsetOf(X, elements[last].x);
    }),
  }),
  fault("max-pool-winners", "nan-passed-over", {
    title: "NaN is passed over, though the backend declares that it wins",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN, 1]",
    caughtBy: "max-pool-winners/special/nan",
    change: won(({ elements, X, inside }, winner) => {
      const least = inside.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
      return offsetOf(X, elements[inside.every(Number.isNaN) ? winner : winnerOf(least)].x);
    }),
  }),
  fault("max-pool-winners", "last-nan", {
    title: "the last NaN of a window wins",
    smallest: "[NaN, NaN], window 2",
    caughtBy: "max-pool-winners/special/nan-twice",
    change: won(({ elements, X, inside }, winner) =>
      offsetOf(X, elements[Math.max(winner, inside.findLastIndex(Number.isNaN))].x),
    ),
  }),
  fault("max-pool-winners", "plus-zero-wins", {
    title: "+0 wins over −0, though they are equal",
    smallest: "[−0, +0], window 2",
    caughtBy: "max-pool-winners/special/zeros",
    change: won(({ elements, X, inside }, winner) => {
      const plus = inside.findIndex((value) => Object.is(value, 0));
      return offsetOf(X, elements[inside[winner] === 0 && plus >= 0 ? plus : winner].x);
    }),
  }),
  fault("max-pool-winners", "lowest-never-wins", {
    title: "the search starts at −∞ and with no place: a window of −∞ alone has no winner",
    smallest: "[−∞]",
    caughtBy: "max-pool-winners/special/negative-infinities",
    change: won(({ elements, X, inside }, winner) =>
      inside[winner] === Number.NEGATIVE_INFINITY ? -1 : offsetOf(X, elements[winner].x),
    ),
  }),
  fault("max-pool-winners", "nobody-is-zero", {
    title: "a window without an element names place 0",
    smallest: "a window wholly in padding",
    caughtBy: "max-pool-winners/special/empty-window",
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      return {
        Z: encode(
          Z.dtype,
          Z.shape,
          Array.from(decode(Z), (place) => Math.max(place, 0)),
        ),
      };
    },
  }),
];

type Adaptive = "adaptive-max-pool" | "adaptive-average-pool";

const average = ({ inside }: WindowAt): number => sum(inside) / inside.length;
const largest = ({ inside }: WindowAt): number => Math.max(...inside);

/** A change of a pooling to a fixed grid: of the bounds of its windows, or of what it makes of them. */
const gridded =
  (reduce: (at: WindowAt) => number, bounds?: Bounds): Change<Adaptive> =>
  (run, inputs, a) => {
    run(inputs, a);
    return poolWith(inputs, grid((inputs.V as Tensor).shape.slice(2), a.grid, bounds), reduce);
  };

/** Ways to lay a grid over an input of X cells that are right where P divides X. */
export const wrongBounds: readonly (readonly [name: string, title: string, models: string | undefined, Bounds])[] = [
  [
    "ends-by-floor",
    "windows end where the next begins: the end is rounded down",
    "flagos-ai/FlagGems#4915",
    (p, P, X) => {
      const from = Math.floor((p * X) / P);
      return [from, Math.max(from + 1, Math.floor(((p + 1) * X) / P))];
    },
  ],
  [
    "begins-by-ceil",
    "windows begin where the last one ended: the beginning is rounded up",
    undefined,
    (p, P, X) => {
      const to = Math.ceil(((p + 1) * X) / P);
      return [Math.min(to - 1, Math.ceil((p * X) / P)), to];
    },
  ],
  [
    "constant-window",
    "all windows have one extent and one stride, the rounded ratio",
    undefined,
    (p, P, X) => {
      const s = Math.max(1, Math.floor(X / P));
      const from = Math.min(p * s, X - 1);
      return [from, p === P - 1 ? X : from + s];
    },
  ],
];

const adaptive = (operator: Adaptive): Fault<Adaptive>[] => {
  const reduce = operator === "adaptive-max-pool" ? largest : average;
  const data = operator === "adaptive-max-pool" ? "exact" : "real";
  return [
    ...wrongBounds.map(([name, title, models, bounds]) =>
      fault<Adaptive>(operator, name, {
        title,
        models,
        smallest: "5 cells, a grid of 3",
        caughtBy: `${operator}/${data}/overlaps-1d`,
        change: gridded(reduce, bounds),
      }),
    ),
    fault<Adaptive>(operator, "grid-from-first-axis", {
      title: "every axis is pooled to the extent of the grid on the first",
      smallest: "4×10, grid 2×5",
      caughtBy: `${operator}/exact/divides-2d`,
      change: (run, inputs, a) =>
        gridded(reduce, (p, _, X) => adaptiveWindow(Math.min(p, a.grid[0] - 1), a.grid[0], X))(run, inputs, a),
    }),
  ];
};

const adaptiveOwn: Fault<Adaptive>[] = [
  fault<Adaptive>("adaptive-max-pool", "starts-at-zero", {
    title: "the maximum starts at 0",
    models: "tensorflow/tfjs#4854",
    smallest: "a single −1",
    caughtBy: "adaptive-max-pool/special/negative",
    change: gridded(({ inside }) => Math.max(0, ...inside)),
  }),
  fault<Adaptive>("adaptive-max-pool", "nan-lost", {
    title: "NaN is passed over, though the backend declares that it propagates",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN, 1]",
    caughtBy: "adaptive-max-pool/special/nan",
    change: gridded(({ inside }) => Math.max(Number.NEGATIVE_INFINITY, ...inside.filter((v) => !Number.isNaN(v)))),
  }),
  fault<Adaptive>("adaptive-max-pool", "minimum", {
    title: "this is the minimum",
    smallest: "[1, 2]",
    caughtBy: "adaptive-max-pool/exact/divides-1d",
    change: gridded(({ inside }) => Math.min(...inside)),
  }),
  fault<Adaptive>("adaptive-average-pool", "divided-by-the-ratio", {
    title: "sums are divided by the ratio of input to grid, not by the elements of the window",
    smallest: "5 cells, a grid of 3",
    caughtBy: "adaptive-average-pool/real/overlaps-1d",
    change: gridded(({ inside, X, P }) => sum(inside) / X.reduce((ratio, x, axis) => (ratio * x) / P[axis], 1)),
  }),
  fault<Adaptive>("adaptive-average-pool", "no-division", {
    title: "this is the sum",
    smallest: "[1, 2]",
    caughtBy: "adaptive-average-pool/exact/divides-1d",
    change: gridded(({ inside }) => sum(inside)),
  }),
  fault<Adaptive>("adaptive-average-pool", "integer-division", {
    title: "the average is truncated to an integer",
    smallest: "[1, 2]",
    caughtBy: "adaptive-average-pool/exact/divides-1d",
    change: gridded((at) => Math.trunc(average(at))),
  }),
];

/** Pools groups of channels with a reduction, and with channels, of one's own. */
function poolChannels(
  { V }: StoredInputs,
  { size: g }: ChannelPoolAttributes,
  reduce: (values: readonly number[]) => number,
  member = (o: number, m: number, _groups: number): number => o * g + m,
): Outputs {
  const { dtype, shape, data } = V as Tensor;
  const values = decode({ dtype, shape, data } as Tensor);
  const [N, C, ...X] = shape;
  const Z = Array.from(indices(N, C / g, ...X), ([n, o, ...p]) =>
    reduce(Array.from({ length: g }, (_, m) => values[offsetOf(shape, [n, member(o, m, C / g), ...p])])),
  );
  return { Z: encode(dtype, [N, C / g, ...X], Z.map(roundTo(dtype))) };
}

const channels = (
  name: string,
  spec: Omit<FaultSpec<"channel-pool">, "change">,
  reduce: (values: readonly number[]) => number,
  member?: (o: number, m: number, groups: number) => number,
): Fault<"channel-pool"> =>
  fault("channel-pool", name, {
    ...spec,
    change: (run, inputs, a) => {
      run(inputs, a);
      return poolChannels(inputs, a, reduce, member);
    },
  });

const most = (values: readonly number[]): number => Math.max(...values);

const overChannels: Fault<"channel-pool">[] = [
  channels(
    "groups-in-turn",
    {
      title: "channels are dealt out to the groups in turn, not in blocks",
      smallest: "C4, size 2",
      caughtBy: "channel-pool/exact/groups-1d",
    },
    most,
    (o, m, groups) => m * groups + o,
  ),
  channels(
    "starts-at-zero",
    {
      title: "the maximum starts at 0",
      models: "tensorflow/tfjs#4854",
      smallest: "a single −1",
      caughtBy: "channel-pool/special/negative",
    },
    (values) => Math.max(0, ...values),
  ),
  channels(
    "nan-lost",
    {
      title: "NaN is passed over, though the backend declares that it propagates",
      models: "pytorch/pytorch#7645",
      smallest: "[NaN, 1]",
      caughtBy: "channel-pool/special/nan",
    },
    (values) => (values.every(Number.isNaN) ? Number.NaN : Math.max(...values.filter((value) => !Number.isNaN(value)))),
  ),
  channels(
    "last-channel-unseen",
    {
      title: "the last channel of each group is not looked at",
      smallest: "C2, size 2",
      caughtBy: "channel-pool/exact/groups-1d",
    },
    (values) => most(values.length > 1 ? values.slice(0, -1) : values),
  ),
  channels(
    "average",
    { title: "this is the average", smallest: "C2, size 2", caughtBy: "channel-pool/exact/groups-1d" },
    (values) => sum(values) / values.length,
  ),
  channels(
    "first-group",
    {
      title: "every group reads the channels of the first",
      smallest: "C4, size 2",
      caughtBy: "channel-pool/exact/groups-1d",
    },
    most,
    (_, m) => m,
  ),
];

/** Faults of the poolings beside maximum and average. */
export const poolKindFaults: readonly Fault[] = [
  ...sums,
  ...winners,
  ...adaptive("adaptive-max-pool"),
  ...adaptive("adaptive-average-pool"),
  ...adaptiveOwn,
  ...overChannels,
] as unknown as Fault[];
