import type { Tensor } from "../../spec/index.ts";
import { type Change, type Fault, fault } from "./fault.ts";
import { toDigits } from "./kernels/digits.ts";
import { allMapped, samples } from "./kernels/mapped.ts";

type Dense = "dense" | "dense-input-gradient" | "dense-weight-gradient" | "dense-bias-gradient";

const first = ({ shape: [N] }: Tensor): number => Math.min(1, N);

/** A square matrix with its axes exchanged; any other as it is. */
const transposed = (matrix: Tensor): Tensor => {
  const [rows, columns] = matrix.shape;
  if (rows !== columns) return matrix;
  return {
    ...matrix,
    data: matrix.data.map((_, at) => matrix.data[(at % columns) * columns + Math.floor(at / columns)]),
  };
};

const halfAccumulator = <N extends Dense>(operator: N): Fault<N> =>
  fault<N>(operator, "half-accumulator", {
    title: "products are summed in half precision",
    models: "huggingface/candle#3719",
    smallest: "real data, long sums",
    caughtBy: `${operator}/real/long-sum-f32`,
    change: (run, inputs, a) =>
      run(inputs, a, (of) => ({ ...of, add: (left, right) => toDigits(of.add(left, right), 11) })),
  });

/** The call with the first sample of some inputs alone. */
const onlyFirst =
  <N extends Dense>(...names: readonly string[]): Change<N> =>
  (run, inputs, a) => {
    run(inputs, a);
    const cut = names.map((name) => {
      const tensor = inputs[name] as Tensor;
      return [name, samples(tensor, 0, first(tensor))];
    });
    return run({ ...inputs, ...Object.fromEntries(cut) }, a);
  };

const averaged: Change<Dense> = (run, inputs, a) =>
  allMapped(run(inputs, a), (value) => value / Math.max(1, (inputs.G as Tensor).shape[0]));

const forward: Fault<"dense">[] = [
  fault("dense", "weights-transposed", {
    title: "a square matrix of weights is read with its axes exchanged",
    smallest: "2 inputs, 2 outputs",
    caughtBy: "dense/exact/image",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, W: transposed(inputs.W as Tensor) }, a);
    },
  }),
  fault("dense", "inputs-past-four-dropped", {
    title: "inputs past the last multiple of four are dropped",
    models: "microsoft/onnxruntime#27749",
    smallest: "5 inputs",
    caughtBy: "dense/exact/matrix",
    change: (run, inputs, a) => {
      run(inputs, a);
      const x = inputs.x as Tensor;
      const I = x.shape[1];
      const data = x.data.map((value, at) => (I >= 4 && at % I >= (I & ~3) ? 0 : value));
      return run({ ...inputs, x: { ...x, data } }, a);
    },
  }),
  fault("dense", "bias-ignored", {
    title: "the bias is not added",
    smallest: "b1",
    caughtBy: "dense/exact/bias",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ x: inputs.x, W: inputs.W }, a);
    },
  }),
  fault("dense", "bias-of-first-output", {
    title: "every output gets the bias of the first",
    smallest: "2 outputs, b",
    caughtBy: "dense/exact/bias",
    change: (run, inputs, a) => {
      run(inputs, a);
      const { b } = inputs;
      return run(b ? { ...inputs, b: { ...b, data: b.data.map(() => b.data[0]) } } : inputs, a);
    },
  }),
  fault("dense", "zero-weights-skipped", {
    title: "zero weights are skipped, so that 0 · ∞ is not NaN",
    models: "tensorflow/tensorflow#60315",
    smallest: "x = ∞, w = 0",
    caughtBy: "dense/special/not-finite",
    change: (run, inputs, a) =>
      run(inputs, a, (of) => ({ ...of, multiply: (v, w) => (w === 0 ? 0 : of.multiply(v, w)) })),
  }),
  fault("dense", "first-sample-read", {
    title: "every sample of the batch gets the result of the first",
    smallest: "N2",
    caughtBy: "dense/exact/matrix",
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      return { Z: { ...Z, data: Z.data.map((_, at) => Z.data[at % Z.shape[1]]) } };
    },
  }),
  halfAccumulator("dense"),
];

const backward: Fault<Dense>[] = [
  fault<Dense>("dense-input-gradient", "weights-not-transposed", {
    title: "the errors meet a square matrix of weights itself, not its transpose",
    smallest: "2 inputs, 2 outputs",
    caughtBy: "dense-input-gradient/exact/square",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, W: transposed(inputs.W as Tensor) }, a);
    },
  }),
  fault<Dense>("dense-input-gradient", "last-output-dropped", {
    title: "the last output carries nothing back",
    smallest: "2 outputs",
    caughtBy: "dense-input-gradient/exact/transposed",
    change: (run, inputs, a) => {
      run(inputs, a);
      const G = inputs.G as Tensor;
      const O = G.shape[1];
      return run({ ...inputs, G: { ...G, data: G.data.map((value, at) => (at % O === O - 1 ? 0 : value)) } }, a);
    },
  }),
  fault<Dense>("dense-input-gradient", "first-sample-read", {
    title: "every sample of the batch gets the gradient of the first",
    smallest: "N2",
    caughtBy: "dense-input-gradient/exact/transposed",
    change: (run, inputs, a) => {
      const { dx } = run(inputs, a);
      return { dx: { ...dx, data: dx.data.map((_, at) => dx.data[at % dx.shape[1]]) } };
    },
  }),
  fault<Dense>("dense-weight-gradient", "transposed", {
    title: "a square gradient is written with its axes exchanged",
    smallest: "2 inputs, 2 outputs",
    caughtBy: "dense-weight-gradient/exact/square",
    change: (run, inputs, a) => ({ dW: transposed(run(inputs, a).dW) }),
  }),
  fault<Dense>("dense-weight-gradient", "averaged-over-the-batch", {
    title: "the sum over the samples is divided by their number",
    smallest: "N2",
    caughtBy: "dense-weight-gradient/exact/samples",
    change: averaged,
  }),
  fault<Dense>("dense-weight-gradient", "only-first-sample", {
    title: "only the first sample of the batch counts",
    smallest: "N2",
    caughtBy: "dense-weight-gradient/exact/samples",
    change: onlyFirst("G", "x"),
  }),
  fault<Dense>("dense-bias-gradient", "averaged-over-the-batch", {
    title: "the sum over the samples is divided by their number",
    smallest: "N2",
    caughtBy: "dense-bias-gradient/exact/samples",
    change: averaged,
  }),
  fault<Dense>("dense-bias-gradient", "only-first-sample", {
    title: "only the first sample of the batch counts",
    smallest: "N2",
    caughtBy: "dense-bias-gradient/exact/samples",
    change: onlyFirst("G"),
  }),
  fault<Dense>("dense-bias-gradient", "zero-alone", {
    title: "the bias gradient is zero unless that of the weights is asked for, too",
    models: "apache/mxnet#15464",
    smallest: "the bias alone",
    caughtBy: "dense-bias-gradient/gradient/alone",
    change: (run, inputs, a) => allMapped(run(inputs, a), () => 0),
  }),
  ...(["dense-input-gradient", "dense-weight-gradient", "dense-bias-gradient"] as const).map((operator) =>
    halfAccumulator<Dense>(operator),
  ),
];

/** Faults of fully connected layers and their gradients. */
export const denseFaults: readonly Fault[] = [...forward, ...backward] as unknown as Fault[];
