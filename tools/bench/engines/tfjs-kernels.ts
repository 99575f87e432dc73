import type { NamedAttrMap, NamedTensorMap, Rank, Tensor } from "@tensorflow/tfjs";
import { type Tensor as Stored, UnsupportedError } from "../../../spec/index.ts";
import type { Cell, Sliding } from "../cell.ts";
import type { Inputs, Prepared } from "./engine.ts";
import type { Tf } from "./tfjs.ts";

/** A kernel of the engine on tensors that it already holds. */
interface Kernel {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The engine's layout of the output, and how it goes back: a permutation, after a reshape where there is one. */
  readonly back?: readonly number[];
}

/** [N, C, X] and [N, C, Y, X] both over two axes. */
const lifted = ({ shape, data }: Stored): { shape: number[]; data: Float32Array } => ({
  shape: shape.length === 3 ? [shape[0], shape[1], 1, shape[2]] : [...shape],
  data: data as Float32Array,
});

const upload = (tf: Tf, stored: Stored, permutation: readonly number[]): Tensor => {
  const { shape, data } = lifted(stored);
  return tf.tidy(() => tf.transpose(tf.tensor(data, shape, "float32"), [...permutation]));
};

const pair = (perAxis: readonly number[], value: number): [number, number] =>
  perAxis.length === 1 ? [value, perAxis[0]] : [perAxis[0], perAxis[1]];

/** The engine's words for a sliding window. */
const windowOf = ({ stride, dilation, begin, end }: Sliding) => {
  const [b, e] = [pair(begin, 0), pair(end, 0)];
  return {
    strides: pair(stride, 1),
    dilations: pair(dilation, 1),
    pad: [
      [0, 0],
      [b[0], e[0]],
      [b[1], e[1]],
      [0, 0],
    ],
    dataFormat: "NHWC",
    dimRoundingMode: "floor",
  };
};

const nhwc = [0, 2, 3, 1];
const nchw = [0, 3, 1, 2];
/** [O, C, R, S] as [R, S, C, O], and back. */
const kernelIn = [2, 3, 1, 0];
const kernelBack = [3, 2, 0, 1];
/** [C, 1, R, S] as [R, S, C, 1], and back. */
const depthwiseIn = [2, 3, 0, 1];
const depthwiseBack = [2, 3, 0, 1];

const flatShape = (shape: readonly number[], permutation: readonly number[]): number[] => {
  const four = shape.length === 3 ? [shape[0], shape[1], 1, shape[2]] : shape;
  return permutation.map((axis) => four[axis]);
};

const convolution = (tf: Tf, { sliding, operation, output, layer }: Cell, inputs: Inputs): Kernel => {
  if (!sliding) throw new Error(`${layer} has no window`);
  const window = windowOf(sliding);
  const depthwise = sliding.groups > 1;
  const name = depthwise ? "DepthwiseConv2dNative" : "Conv2D";
  const [K, back] = depthwise ? [depthwiseIn, depthwiseBack] : [kernelIn, kernelBack];
  if (operation === "forward")
    return {
      name,
      inputs: { x: upload(tf, inputs.V, nhwc), filter: upload(tf, inputs.K, K) },
      ...{ attributes: window, back: nchw },
    };
  const dy = upload(tf, inputs.G, nhwc);
  if (operation === "input gradient")
    return {
      name: `${name}BackpropInput`,
      inputs: { dy, filter: upload(tf, inputs.K, K) },
      attributes: { ...window, inputShape: flatShape(output.shape, nhwc) },
      back: nchw,
    };
  const filterShape = flatShape(output.shape, K);
  return {
    name: `${name}BackpropFilter`,
    inputs: { x: upload(tf, inputs.V, nhwc), dy },
    ...{ attributes: { ...window, filterShape }, back },
  };
};

const pooling = (tf: Tf, { sliding, operator, layer }: Cell, inputs: Inputs): Kernel => {
  if (!sliding) throw new Error(`${layer} has no window`);
  const { strides, pad, dimRoundingMode } = windowOf(sliding);
  // Pools take one number of padding, and here nothing is padded.
  if (pad.flat().some((cells) => cells > 0)) throw new UnsupportedError("only pools without padding are entered here");
  const attributes = { filterSize: pair(sliding.window, 1), strides, pad: 0, dimRoundingMode };
  const x = () => upload(tf, inputs.V, nhwc);
  const dy = () => upload(tf, inputs.G, nhwc);
  if (operator === "max-pool") return { name: "MaxPool", inputs: { x: x() }, attributes, back: nchw };
  if (operator === "average-pool") return { name: "AvgPool", inputs: { x: x() }, attributes, back: nchw };
  if (operator === "max-pool-gradient") {
    const V = x();
    const pooled = tf.maxPool(V as never, pair(sliding.window, 1), strides, 0);
    return { name: "MaxPoolGrad", inputs: { dy: dy(), input: V, output: pooled }, attributes, back: nchw };
  }
  const [N, C, P, Q] = inputs.G.shape;
  const input = tf.zeros([N, P * strides[0], Q * strides[1], C]);
  return { name: "AvgPoolGrad", inputs: { dy: dy(), input }, attributes, back: nchw };
};

const matMul = (tf: Tf, a: Stored, b: Stored, transposeA: boolean, transposeB: boolean): Kernel => {
  const matrix = ({ data, shape }: Stored): Tensor => tf.tensor(data as Float32Array, [...shape], "float32");
  return { name: "BatchMatMul", inputs: { a: matrix(a), b: matrix(b) }, attributes: { transposeA, transposeB } };
};

const relu = (tf: Tf, V: Stored): Kernel => ({
  name: "Relu",
  inputs: { x: upload(tf, V, nhwc) },
  attributes: {},
  back: nchw,
});

const batchNorm = (tf: Tf, { attributes }: Cell, { x, mean, variance, gamma, beta }: Inputs): Kernel => {
  const vector = ({ data }: Stored): Tensor => tf.tensor(data as Float32Array, [data.length], "float32");
  return {
    name: "FusedBatchNorm",
    inputs: {
      ...{ x: upload(tf, x, nhwc), scale: vector(gamma), offset: vector(beta) },
      ...{ mean: vector(mean), variance: vector(variance) },
    },
    attributes: { varianceEpsilon: (attributes as { epsilon: number }).epsilon },
    back: nchw,
  };
};

const kernelOf = (tf: Tf, cell: Cell, inputs: Inputs): Kernel => {
  const { operator } = cell;
  if (operator.startsWith("correlate")) return convolution(tf, cell, inputs);
  if (operator.includes("pool")) return pooling(tf, cell, inputs);
  // Two-dimensional products are of batches of matrices to the engine, one in each.
  if (operator === "dense") return matMul(tf, inputs.x, inputs.W, false, true);
  if (operator === "dense-input-gradient") return matMul(tf, inputs.G, inputs.W, false, false);
  if (operator === "dense-weight-gradient") return matMul(tf, inputs.G, inputs.x, true, false);
  if (operator === "relu") return relu(tf, inputs.V);
  if (operator === "batch-norm-inference") return batchNorm(tf, cell, inputs);
  throw new UnsupportedError(`TensorFlow.js has no kernel for ${operator}`);
};

/** A kernel of the engine, by its name, on tensors in its own layout. */
export function prepareTfjs(tf: Tf, cell: Cell, inputs: Inputs): Prepared {
  const kernel = kernelOf(tf, cell, inputs);
  if (!tf.getKernel(kernel.name, tf.getBackend()))
    throw new UnsupportedError(`the ${tf.getBackend()} backend of TensorFlow.js has no ${kernel.name}`);
  const { name, back } = kernel;
  const [tensors, attributes] = [kernel.inputs as NamedTensorMap, kernel.attributes as NamedAttrMap];
  let last: Tensor<Rank> | undefined;
  return {
    call: () => {
      last?.dispose();
      last = tf.engine().runKernel(name, tensors, attributes) as Tensor<Rank>;
    },
    output: () => {
      const done = last as Tensor<Rank>;
      const Z = tf.tidy(() => (back ? tf.transpose(done, [...back]) : done.clone()));
      return Z.data<"float32">();
    },
    release: () => {
      last?.dispose();
      for (const tensor of Object.values(tensors)) tensor.dispose();
    },
  };
}
