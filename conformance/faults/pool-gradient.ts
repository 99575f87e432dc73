import { decode, indices, type StoredInputs } from "../../reference/index.ts";
import type { AveragePoolAttributes, InputExtents, PoolAttributes } from "../../spec/index.ts";
import { type Change, type Fault, type FaultSpec, fault, statefulFault } from "./fault.ts";
import { uncleared } from "./kernels/buffer.ts";
import { spread, toAll, toOne, toTheWinner, wrongWinners } from "./kernels/routing.ts";
import { type Source, sliding, sum, unpoolWith, type WindowAt, weightOf, winnerOf } from "./kernels/windows.ts";

/** The gradients of poolings with a sliding window. */
type Gradient =
  | "max-pool-gradient"
  | "average-pool-gradient"
  | "sum-pool-gradient"
  | "l2-pool-gradient"
  | "weighted-pool-gradient";

type Attributes = PoolAttributes & Partial<Pick<AveragePoolAttributes, "divisor"> & InputExtents>;

/** What each element of a window gets of the window's error. */
type Share = (at: WindowAt, attributes: Attributes) => readonly number[];

const norm = (values: readonly number[]): number => Math.sqrt(sum(values.map((v) => v * v)));

const byWeight = (
  { elements, error }: WindowAt,
  weight: (k: readonly number[]) => number,
  total = sum(elements.map(({ k }) => weight(k))),
): number[] => elements.map(({ k }) => (error * weight(k)) / total);

const correctly: Readonly<Record<Gradient, Share>> = {
  "max-pool-gradient": toTheWinner,
  "average-pool-gradient": (at, { divisor }) => spread(at, divisor === "padded" ? at.padded : at.inside.length),
  "sum-pool-gradient": toAll,
  "l2-pool-gradient": ({ inside, error }) => {
    const Z = norm(inside);
    return inside.map((v) => (Z === 0 ? 0 : (error * v) / Z));
  },
  "weighted-pool-gradient": (at, a) => byWeight(at, (k) => weightOf(k, a)),
};

const layoutOf = ({ V }: StoredInputs, a: Attributes, source?: Source) =>
  sliding(V?.shape.slice(2) ?? (a.input as readonly number[]), a, source);

/** A change of what the elements of a window get. */
const shared =
  <N extends Gradient>(share: Share): Change<N> =>
  (run, inputs, attributes) => {
    run(inputs, attributes);
    return unpoolWith(inputs, layoutOf(inputs, attributes), (at) => share(at, attributes));
  };

/** A change of where the elements of a window lie. */
const moved =
  (operator: Gradient, source: (a: Attributes) => Source): Change<Gradient> =>
  (run, inputs, a) => {
    run(inputs, a);
    return unpoolWith(inputs, layoutOf(inputs, a, source(a)), (at) => correctly[operator](at, a));
  };

const casesOf = (operator: Gradient, rounds: boolean): "exact" | "real" =>
  operator === "l2-pool-gradient" ||
  operator === "weighted-pool-gradient" ||
  (operator === "average-pool-gradient" && rounds)
    ? "real"
    : "exact";

const faultsOf = (operator: Gradient): Fault<Gradient>[] => {
  const make = (name: string, spec: FaultSpec<Gradient>) => fault<Gradient>(operator, name, spec);
  const even = (name: string) => `${operator}/${casesOf(operator, false)}/${name}`;
  const ragged = (name: string) => `${operator}/${casesOf(operator, true)}/${name}`;
  return [
    make("stride-swapped", {
      title: "the strides of the axes are exchanged",
      smallest: "5×7, window 2, stride 1×2",
      caughtBy: even("stride-2d"),
      change: moved(
        operator,
        ({ stride }) =>
          (p, _s, k, d, a, axis) =>
            p * stride.toReversed()[axis] + k * d - a,
      ),
    }),
    make("stride-is-window", {
      title: "windows never overlap: the stride is taken to be the window",
      smallest: "n3, window 2, stride 1",
      caughtBy: even("window-1d"),
      change: moved(
        operator,
        ({ window }) =>
          (p, _s, k, d, a, axis) =>
            p * window[axis] + k * d - a,
      ),
    }),
    make("dilation-ignored", {
      title: "dilation is ignored",
      smallest: "n3, window 2, dilation 2",
      caughtBy: even("dilation-1d"),
      change: moved(operator, () => (p, s, k, _d, a) => p * s + k - a),
    }),
    make("padding-ignored", {
      title: "windows begin at the first element, as if there were no padding before it",
      models: operator === "average-pool-gradient" ? "pytorch/pytorch#188344" : undefined,
      smallest: "n4, window 2, padding (1,0)",
      caughtBy: ragged("padding-1d"),
      change: moved(operator, () => (p, s, k, d) => p * s + k * d),
    }),
    make("same-on-the-wrong-side", {
      title: "the gradient puts the odd cell of same padding on the other side than the forward operator",
      models: "tensorflow/tensorflow#11092",
      smallest: "n4, window 2, same",
      caughtBy: ragged("same-1d"),
      change: (run, inputs, a) =>
        run(inputs, {
          ...a,
          padding: a.padding === "same" ? "same-lower" : a.padding === "same-lower" ? "same" : a.padding,
        }),
    }),
    make("last-window-overwrites", {
      title: "where windows overlap the last error replaces those before it",
      smallest: "n3, window 2, stride 1",
      caughtBy: even("window-1d"),
      change: (run, inputs, a) => {
        run(inputs, a);
        return unpoolWith(
          inputs,
          layoutOf(inputs, a),
          (at) => correctly[operator](at, a),
          (before, more) => (more === 0 ? before : more),
        );
      },
    }),
    make("ragged-dropped", {
      title: "the error of the last, smaller window is lost",
      smallest: "n6, window 3, stride 2, ceil",
      caughtBy: ragged("ragged-1d"),
      change: shared((at, a) => (at.padded < at.cells ? at.inside.map(() => 0) : correctly[operator](at, a))),
    }),
    statefulFault<Gradient>(operator, "tail-stale", {
      title: "elements that no window reached are left as they were",
      models: "torch/DEPRECEATED-torch7-distro#20",
      smallest: "n6, window 3, stride 2, after another call",
      caughtBy: `${operator}/state/small-after-large`,
      plant: () => {
        const buffer = uncleared();
        return (run, inputs, a) => {
          const { dV } = run(inputs, a);
          const reached = decode(unpoolWith(inputs, layoutOf(inputs, a), ({ inside }) => inside.map(() => 1)).dV);
          return { dV: buffer(dV, (at) => reached[at] > 0) };
        };
      },
    }),
  ];
};

const max: Fault<Gradient>[] = [
  ...wrongWinners.map(({ name, share, caughtBy, ...rest }) =>
    fault<Gradient>("max-pool-gradient", name, {
      ...rest,
      caughtBy: `max-pool-gradient/${caughtBy === "exact" ? "exact/window-1d" : caughtBy}`,
      change: shared(share),
    }),
  ),
  fault<Gradient>("max-pool-gradient", "padding-wins", {
    title: "padding takes part as zeros and takes the error of windows of negative elements",
    models: "tensorflow/tfjs#4854",
    smallest: "[−1], window 2, padding (1,0)",
    caughtBy: "max-pool-gradient/exact/padding-1d",
    change: shared((at) =>
      toOne(at, at.inside.length < at.cells && !at.inside.some((v) => !(v < 0)) ? -1 : winnerOf(at.inside)),
    ),
  }),
];

const linear: Fault<Gradient>[] = [
  fault<Gradient>("average-pool-gradient", "divisors-exchanged", {
    title: "the divisor counts padding where it should not, and not where it should",
    smallest: "[1], window 2, padding (1,0)",
    caughtBy: "average-pool-gradient/real/padding-1d",
    change: shared((at, { divisor }) => spread(at, divisor === "padded" ? at.inside.length : at.padded)),
  }),
  fault<Gradient>("average-pool-gradient", "divided-by-the-window", {
    title: "errors are divided by the extents of the window, whatever of it lies in the input",
    smallest: "[1], window 2, padding (1,0)",
    caughtBy: "average-pool-gradient/real/padded-divisor-ragged-1d",
    change: shared((at) => spread(at, at.cells)),
  }),
  fault<Gradient>("average-pool-gradient", "no-division", {
    title: "this is the gradient of the sum",
    smallest: "n2, window 2",
    caughtBy: "average-pool-gradient/exact/window-1d",
    change: shared(toAll),
  }),
  fault<Gradient>("sum-pool-gradient", "divided", {
    title: "this is the gradient of the average",
    smallest: "n2, window 2",
    caughtBy: "sum-pool-gradient/exact/window-1d",
    change: shared((at) => spread(at, at.inside.length)),
  }),
  fault<Gradient>("sum-pool-gradient", "to-the-first", {
    title: "the first element of each window gets the whole error",
    smallest: "n2, window 2",
    caughtBy: "sum-pool-gradient/exact/window-1d",
    change: shared((at) => toOne(at, 0)),
  }),
  fault<Gradient>("weighted-pool-gradient", "unnormalised", {
    title: "errors are not divided by the sum of the weights",
    smallest: "n2, window 2",
    caughtBy: "weighted-pool-gradient/real/window-1d",
    change: shared((at, a) => byWeight(at, (k) => weightOf(k, a), 1)),
  }),
  fault<Gradient>("weighted-pool-gradient", "normalised-by-the-whole-window", {
    title: "the weights of cells outside the input are counted in the divisor",
    smallest: "n2, window 3, padding (1,0)",
    caughtBy: "weighted-pool-gradient/real/padding-1d",
    change: shared((at, a) =>
      byWeight(at, (k) => weightOf(k, a), sum(Array.from(indices(...a.window), (k) => weightOf(k, a)))),
    ),
  }),
  fault<Gradient>("weighted-pool-gradient", "unweighted", {
    title: "all weights are equal: this is the gradient of the average",
    smallest: "n3, window 3",
    caughtBy: "weighted-pool-gradient/real/window-1d",
    change: shared((at) => spread(at, at.inside.length)),
  }),
  fault<Gradient>("weighted-pool-gradient", "distance-in-taps", {
    title: "distances are counted in taps: dilation does not lengthen them",
    smallest: "n5, window 3, dilation 2",
    caughtBy: "weighted-pool-gradient/real/dilation-1d",
    change: shared((at, a) => byWeight(at, (k) => weightOf(k, { ...a, dilation: a.dilation.map(() => 1) }))),
  }),
];

const rooted: Fault<Gradient>[] = [
  fault<Gradient>("l2-pool-gradient", "not-divided-by-the-norm", {
    title: "the norm is not divided by",
    smallest: "[3, 4], window 2",
    caughtBy: "l2-pool-gradient/real/window-1d",
    change: shared(({ inside, error }) => inside.map((v) => error * v)),
  }),
  fault<Gradient>("l2-pool-gradient", "divided-by-the-square", {
    title: "the squared norm is divided by: the root is missing",
    smallest: "[3, 4], window 2",
    caughtBy: "l2-pool-gradient/real/window-1d",
    change: shared(({ inside, error }) => inside.map((v) => (v === 0 ? 0 : (error * v) / norm(inside) ** 2))),
  }),
  fault<Gradient>("l2-pool-gradient", "of-the-squares", {
    title: "the 2 of the square's derivative is not cancelled by the root's",
    smallest: "[3, 4], window 2",
    caughtBy: "l2-pool-gradient/real/window-1d",
    change: shared((at, a) => correctly["l2-pool-gradient"](at, a).map((share) => 2 * share)),
  }),
  fault<Gradient>("l2-pool-gradient", "zero-norm-divided-by", {
    title: "a window of zeros divides 0 by 0",
    smallest: "[0]",
    caughtBy: "l2-pool-gradient/special/zero-norm",
    change: shared(({ inside, error }) => inside.map((v) => (error * v) / norm(inside))),
  }),
];

/** Faults of the gradients of poolings with a sliding window. */
export const poolGradientFaults: readonly Fault[] = [
  ...(Object.keys(correctly) as Gradient[]).flatMap(faultsOf),
  ...max,
  ...linear,
  ...rooted,
] as unknown as Fault[];
