import { offsetOf, type StoredInputs } from "../../reference/index.ts";
import type { AttributesOf, AveragePoolAttributes, PoolAttributes, Tensor } from "../../spec/index.ts";
import { type Change, type Fault, type FaultSpec, fault } from "./fault.ts";
import { poolWith, type Source, sliding, sum, type WindowAt, weightOf, winnerOf } from "./kernels/windows.ts";

/** The operators with a sliding window over V. */
export type Pool = "max-pool" | "average-pool" | "sum-pool" | "l2-pool" | "weighted-pool" | "max-pool-winners";

type Attributes = PoolAttributes & Partial<Pick<AveragePoolAttributes, "divisor">>;

/** What a pooling makes of one window. */
export type Reduction = (at: WindowAt, attributes: Attributes) => number;

/** Σ w·v over the elements of a window, and Σ w. */
export const weighted = ({ elements }: WindowAt, weight: (k: readonly number[]) => number): [number, number] => [
  sum(elements.map(({ k, value }) => weight(k) * value)),
  sum(elements.map(({ k }) => weight(k))),
];

const correctly: Readonly<Record<Pool, Reduction>> = {
  "max-pool": ({ inside }) => Math.max(...inside),
  "average-pool": ({ inside, padded }, { divisor }) => sum(inside) / (divisor === "padded" ? padded : inside.length),
  "sum-pool": ({ inside }) => sum(inside),
  "l2-pool": ({ inside }) => Math.sqrt(sum(inside.map((v) => v * v))),
  "weighted-pool": (at, a) => {
    const [total, weights] = weighted(at, (k) => weightOf(k, a));
    return total / weights;
  },
  "max-pool-winners": ({ inside, elements, X }) =>
    inside.length === 0 ? -1 : offsetOf(X, elements[winnerOf(inside)].x),
};

const layoutOf = ({ V }: StoredInputs, a: Attributes, source?: Source) =>
  sliding((V as Tensor).shape.slice(2), a, source);

/** A change of the reduction. */
export const reduced =
  <N extends Pool>(reduce: Reduction): Change<N> =>
  (run, inputs, attributes) => {
    run(inputs, attributes);
    return poolWith(inputs, layoutOf(inputs, attributes), (at) => reduce(at, attributes));
  };

/** A change of where the elements of a window are read. */
const moved =
  (operator: Pool, source: (a: AttributesOf<Pool>) => Source): Change<Pool> =>
  (run, inputs, a) => {
    run(inputs, a);
    return poolWith(inputs, layoutOf(inputs, a, source(a)), (at) => correctly[operator](at, a));
  };

/** The directory of a pooling's cases whose result is rounded where `rounds` says so. */
const casesOf = (operator: Pool, rounds: boolean): "exact" | "real" =>
  operator === "l2-pool" || operator === "weighted-pool" || (operator === "average-pool" && rounds) ? "real" : "exact";

const shared = (operator: Pool): Fault<Pool>[] => {
  const make = (name: string, spec: FaultSpec<Pool>) => fault<Pool>(operator, name, spec);
  const [even, data] = [casesOf(operator, false), casesOf(operator, true)];
  return [
    make("stride-swapped", {
      title: "the strides of the axes are exchanged",
      smallest: "5×7, window 2, stride 1×2",
      caughtBy: `${operator}/${even}/stride-2d`,
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
      caughtBy: `${operator}/${even}/window-1d`,
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
      caughtBy: `${operator}/${even}/dilation-1d`,
      change: moved(operator, () => (p, s, k, _d, a) => p * s + k - a),
    }),
    make("padding-ignored", {
      title: "windows begin at the first element, as if there were no padding before it",
      smallest: "n4, window 2, padding (1,0)",
      caughtBy: `${operator}/${data}/padding-1d`,
      change: moved(operator, () => (p, s, k, d) => p * s + k * d),
    }),
    make("same-on-the-wrong-side", {
      title: "same padding puts the odd cell on the other side",
      models: "microsoft/onnxruntime#8769",
      smallest: "n4, window 2, same",
      caughtBy: `${operator}/${data}/same-1d`,
      change: (run, inputs, a) =>
        run(inputs, {
          ...a,
          padding: a.padding === "same" ? "same-lower" : a.padding === "same-lower" ? "same" : a.padding,
        }),
    }),
    make("ragged-dropped", {
      title: "the last, smaller window is dropped",
      smallest: "n6, window 3, stride 2, ceil",
      caughtBy: `${operator}/${data}/ragged-1d`,
      change: (run, inputs, a) => run(inputs, { ...a, rounding: a.rounding === "ceil" ? "floor" : a.rounding }),
    }),
    make("one-cell-strided", {
      title: "a window of one cell with a stride gives zeros",
      models: "tensorflow/tfjs#6969",
      smallest: "window 1, stride 2",
      caughtBy: `${operator}/${even}/one-cell-strided`,
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        const caught = a.window.every((r) => r === 1) && a.stride.some((s) => s > 1);
        return { Z: caught ? { ...Z, data: Z.data.map(() => 0) } : Z };
      },
    }),
    make("channels-mixed", {
      title: "every channel gets the result of the first",
      smallest: "C2",
      caughtBy: `${operator}/${even}/window-1d`,
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        const plane = Z.shape.slice(2).reduce((product, extent) => product * extent, 1);
        const size = plane * Z.shape[1];
        return { Z: { ...Z, data: Z.data.map((_, at) => Z.data[Math.floor(at / size) * size + (at % plane)]) } };
      },
    }),
  ];
};

const max: Fault<Pool>[] = [
  fault<Pool>("max-pool", "zero-padding-counts", {
    title: "padding takes part in the maximum as zeros",
    models: "tensorflow/tfjs#4854",
    smallest: "[−1], window 2, padding (1,0)",
    caughtBy: "max-pool/special/padding-never-wins",
    change: reduced(({ inside, cells }) => Math.max(...inside, ...(inside.length < cells ? [0] : []))),
  }),
  fault<Pool>("max-pool", "starts-at-zero", {
    title: "the maximum starts at 0",
    models: "tensorflow/tfjs#4854, oneapi-src/oneDNN#1677",
    smallest: "a single −1",
    caughtBy: "max-pool/special/negative",
    change: reduced(({ inside }) => Math.max(0, ...inside)),
  }),
  fault<Pool>("max-pool", "starts-at-least-positive", {
    title: "the maximum starts at the least positive number",
    models: "oneapi-src/oneDNN#1677",
    smallest: "a single −1",
    caughtBy: "max-pool/special/negative",
    change: reduced(({ inside }) => Math.max(2 ** -14, ...inside)),
  }),
  fault<Pool>("max-pool", "starts-at-lowest", {
    title: "the maximum starts at the lowest finite number, so that −∞ is lost",
    smallest: "[−∞]",
    caughtBy: "max-pool/special/infinities",
    change: reduced(({ inside }) => Math.max(-65504, ...inside)),
  }),
  fault<Pool>("max-pool", "nan-lost", {
    title: "NaN is passed over, though the backend declares that it propagates",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN, 1]",
    caughtBy: "max-pool/special/nan",
    change: reduced(({ inside }) =>
      Math.max(Number.NEGATIVE_INFINITY, ...inside.filter((value) => !Number.isNaN(value))),
    ),
  }),
  fault<Pool>("max-pool", "minimum", {
    title: "this is the minimum",
    smallest: "[1, 2]",
    caughtBy: "max-pool/exact/window-1d",
    change: reduced(({ inside }) => Math.min(...inside)),
  }),
  fault<Pool>("max-pool", "absolute", {
    title: "the largest magnitude wins",
    smallest: "[−2, 1]",
    caughtBy: "max-pool/exact/window-1d",
    change: reduced(({ inside }) => inside.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best))),
  }),
  fault<Pool>("max-pool", "first-element", {
    title: "the first element of each window is taken",
    smallest: "[1, 2]",
    caughtBy: "max-pool/exact/window-1d",
    change: reduced(({ inside }) => inside[0]),
  }),
  fault<Pool>("max-pool", "last-element-unseen", {
    title: "the last element of each window is not looked at",
    smallest: "[1, 2]",
    caughtBy: "max-pool/exact/window-1d",
    change: reduced(({ inside }) => Math.max(...(inside.length > 1 ? inside.slice(0, -1) : inside))),
  }),
];

const average: Fault<Pool>[] = [
  fault<Pool>("average-pool", "divisors-exchanged", {
    title: "the divisor counts padding where it should not, and not where it should",
    models: "sonos/tract#2851",
    smallest: "[−1], window 2, padding (1,0)",
    caughtBy: "average-pool/real/padding-1d",
    change: reduced(({ inside, padded }, { divisor }) => sum(inside) / (divisor === "padded" ? inside.length : padded)),
  }),
  fault<Pool>("average-pool", "overhang-counted", {
    title: "cells that overhang the end are counted in the divisor",
    models: "sonos/tract#2851, microsoft/onnxruntime#29629",
    smallest: "[1..5], window 2, stride 2, ceil",
    caughtBy: "average-pool/real/ragged-1d",
    change: reduced(({ inside, cells }) => sum(inside) / cells),
  }),
  fault<Pool>("average-pool", "end-padding-not-counted", {
    title: "padding after the input is not counted in the padded divisor",
    models: "microsoft/onnxruntime#24681",
    smallest: "1×3, window 3, end padding 1",
    caughtBy: "average-pool/exact/padded-divisor-1d",
    change: reduced(
      ({ inside, padded, p, P }, { divisor }) =>
        sum(inside) / (divisor === "padded" && !p.some((at, axis) => at === P[axis] - 1) ? padded : inside.length),
    ),
  }),
  fault<Pool>("average-pool", "no-division", {
    title: "this is the sum",
    smallest: "[1, 2]",
    caughtBy: "average-pool/exact/window-1d",
    change: reduced(({ inside }) => sum(inside)),
  }),
  fault<Pool>("average-pool", "integer-division", {
    title: "the average is truncated to an integer",
    smallest: "[1, 2]",
    caughtBy: "average-pool/exact/window-1d",
    change: reduced(({ inside, padded }, { divisor }) =>
      Math.trunc(sum(inside) / (divisor === "padded" ? padded : inside.length)),
    ),
  }),
  fault<Pool>("average-pool", "half-accumulator", {
    title: "the window is summed in few digits",
    smallest: "real data",
    caughtBy: "average-pool/real/plane-f32",
    change: reduced(
      ({ inside, padded }, { divisor }) =>
        inside.reduce((total, value) => Math.round((total + value) * 256) / 256, 0) /
        (divisor === "padded" ? padded : inside.length),
    ),
  }),
];

/** Faults of where windows lie, and those of maximum and average pooling. */
export const poolFaults: readonly Fault[] = [
  ...(Object.keys(correctly) as Pool[]).flatMap(shared),
  ...max,
  ...average,
] as unknown as Fault[];
