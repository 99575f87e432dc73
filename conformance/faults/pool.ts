import { decode, encode, has, indices, offsetOf, type StoredInputs } from "../../reference/index.ts";
import { type AveragePoolAttributes, type PoolAttributes, resolveWindow, type Tensor } from "../../spec/index.ts";
import { type Change, type Fault, type FaultSpec, fault, type Outputs } from "./fault.ts";

type Pool = "max-pool" | "average-pool";

/** One window of the loops: its elements in the input, its cells of any kind. */
interface WindowAt {
  readonly inside: readonly number[];
  /** Cells of the window that lie before the end padding's end. */
  readonly padded: number;
  /** All cells of the window, overhang included. */
  readonly cells: number;
  readonly p: readonly number[];
  readonly P: readonly number[];
}

/** Pools with a reduction and a source coordinate of one's own; the output's shape is right. */
function poolWith(
  { V }: StoredInputs,
  attributes: PoolAttributes,
  reduce: (at: WindowAt) => number,
  source = (p: number, s: number, k: number, d: number, a: number, _axis: number): number => p * s + k * d - a,
): Outputs {
  const input = V as Tensor;
  const values = decode(input);
  const [N, C, ...X] = input.shape;
  const { window, stride: s, dilation: d } = attributes;
  const { begin: a, end, extents: P } = resolveWindow(X, window, attributes);
  const shape = [N, C, ...P];
  const element = ([n, c, ...p]: number[]): number => {
    const inside: number[] = [];
    let padded = 0;
    let cells = 0;
    for (const k of indices(...window)) {
      const x = p.map((_, i) => source(p[i], s[i], k[i], d[i], a[i], i));
      cells += 1;
      if (x.every((at, i) => at < X[i] + end[i])) padded += 1;
      if (has(input.shape, [n, c, ...x])) inside.push(values[offsetOf(input.shape, [n, c, ...x])]);
    }
    return reduce({ inside, padded, cells, p, P });
  };
  const round = input.dtype === "f32" ? Math.fround : (value: number) => value;
  const computed = Array.from(indices(...shape), (index) => round(element(index)));
  return { Z: encode(input.dtype, shape, input.dtype === "f16" ? computed.map(halfOf) : computed) };
}

/** A pooled value as a half: these faults are about what is pooled, not how it is rounded. */
const halfOf = (value: number): number => {
  if (!Number.isFinite(value) || value === 0) return value;
  const unit = 2 ** Math.max(Math.floor(Math.log2(Math.abs(value))) - 10, -24);
  return Math.round(value / unit) * unit;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const reductionOf =
  (operator: Pool, { divisor }: Partial<AveragePoolAttributes>) =>
  ({ inside, padded }: WindowAt): number =>
    operator === "max-pool" ? Math.max(...inside) : sum(inside) / (divisor === "padded" ? padded : inside.length);

const reduced =
  (reduce: (at: WindowAt, attributes: Partial<AveragePoolAttributes>) => number): Change<Pool> =>
  (run, inputs, attributes) => {
    run(inputs, attributes);
    return poolWith(inputs, attributes, (at) => reduce(at, attributes));
  };

const moved =
  (operator: Pool, source: Parameters<typeof poolWith>[3]): Change<Pool> =>
  (run, inputs, attributes) => {
    run(inputs, attributes);
    return poolWith(inputs, attributes, reductionOf(operator, attributes), source);
  };

const shared = (operator: Pool): Fault<Pool>[] => {
  const make = (name: string, spec: FaultSpec<Pool>) => fault<Pool>(operator, name, spec);
  const data = operator === "max-pool" ? "exact" : "real";
  return [
    make("stride-swapped", {
      title: "the strides of the axes are exchanged",
      smallest: "5×7, window 2, stride 1×2",
      caughtBy: `${operator}/exact/stride-2d`,
      change: (run, inputs, a) =>
        moved(operator, (p, _s, k, d, begin, axis) => p * a.stride[a.stride.length - 1 - axis] + k * d - begin)(
          run,
          inputs,
          a,
        ),
    }),
    make("stride-is-window", {
      title: "windows never overlap: the stride is taken to be the window",
      smallest: "n3, window 2, stride 1",
      caughtBy: `${operator}/exact/window-1d`,
      change: (run, inputs, a) =>
        moved(operator, (p, _s, k, d, begin, axis) => p * a.window[axis] + k * d - begin)(run, inputs, a),
    }),
    make("dilation-ignored", {
      title: "dilation is ignored",
      smallest: "n3, window 2, dilation 2",
      caughtBy: `${operator}/exact/dilation-1d`,
      change: moved(operator, (p, s, k, _d, a) => p * s + k - a),
    }),
    make("padding-ignored", {
      title: "windows begin at the first element, as if there were no padding before it",
      smallest: "n4, window 2, padding (1,0)",
      caughtBy: `${operator}/${data}/padding-1d`,
      change: moved(operator, (p, s, k, d) => p * s + k * d),
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
      caughtBy: `${operator}/exact/one-cell-strided`,
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        const caught = a.window.every((r) => r === 1) && a.stride.some((s) => s > 1);
        return { Z: caught ? { ...Z, data: Z.data.map(() => 0) } : Z };
      },
    }),
    make("channels-mixed", {
      title: "every channel gets the result of the first",
      smallest: "C2",
      caughtBy: `${operator}/exact/window-1d`,
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        const plane = Z.shape.slice(2).reduce((product, extent) => product * extent, 1);
        const size = plane * Z.shape[1];
        return { Z: { ...Z, data: Z.data.map((_, at) => Z.data[Math.floor(at / size) * size + (at % plane)]) } };
      },
    }),
    make("zero-padding-counts", {
      title:
        operator === "max-pool"
          ? "padding takes part in the maximum as zeros"
          : "the divisor counts padding where it should not, and not where it should",
      models: operator === "max-pool" ? "tensorflow/tfjs#4854" : "sonos/tract#2851",
      smallest: "[−1], window 2, padding (1,0)",
      caughtBy: operator === "max-pool" ? "max-pool/special/padding-never-wins" : "average-pool/real/padding-1d",
      change: reduced(({ inside, cells, padded }, { divisor }) =>
        operator === "max-pool"
          ? Math.max(...inside, ...(inside.length < cells ? [0] : []))
          : sum(inside) / (divisor === "padded" ? inside.length : padded),
      ),
    }),
  ];
};

const max: Fault<Pool>[] = [
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

/** Faults of maximum and average pooling. */
export const poolFaults: readonly Fault[] = [
  ...shared("max-pool"),
  ...shared("average-pool"),
  ...max,
  ...average,
] as unknown as Fault[];
