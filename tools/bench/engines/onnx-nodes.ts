import { UnsupportedError } from "../../../spec/index.ts";
import type { Cell, Sliding } from "../cell.ts";
import type { Inputs } from "./engine.ts";
import type { Node } from "./onnx-model.ts";

const slide = ({ stride, dilation, begin, end }: Sliding) => ({
  strides: stride,
  dilations: dilation,
  pads: [...begin, ...end],
});

/** Cells of the output that the transposed convolution would not reach: input cells past the last window. */
const left = ({ sliding, output, inputs }: Cell): number[] =>
  output.shape.slice(2).map((n, axis) => {
    const { stride, dilation, begin, end, window } = sliding as Sliding;
    const reached = (inputs.G[axis + 2] - 1) * stride[axis] + (window[axis] - 1) * dilation[axis] + 1;
    return n + begin[axis] + end[axis] - reached;
  });

const convolution = (cell: Cell, inputs: Inputs): Node => {
  const sliding = cell.sliding as Sliding;
  const attributes = { ...slide(sliding), group: sliding.groups };
  if (cell.operation === "forward")
    return { opType: "Conv", attributes, feeds: { V: inputs.V }, weights: { K: inputs.K } };
  if (cell.operation === "input gradient")
    return {
      opType: "ConvTranspose",
      attributes: { ...attributes, output_padding: left(cell) },
      ...{ feeds: { G: inputs.G }, weights: { K: inputs.K } },
    };
  throw new UnsupportedError("ONNX has no kernel gradient");
};

const gemm = (feeds: Inputs, weights: Inputs, transA: number, transB: number): Node => ({
  opType: "Gemm",
  attributes: { transA, transB },
  ...{ feeds, weights },
});

/** The ONNX operator that computes a cell. */
export function nodeOf(cell: Cell, inputs: Inputs): Node {
  const { operator } = cell;
  if (operator.startsWith("correlate")) return convolution(cell, inputs);
  if (operator === "max-pool" || operator === "average-pool") {
    const { window } = cell.sliding as Sliding;
    const { strides, pads } = slide(cell.sliding as Sliding);
    const opType = operator === "max-pool" ? "MaxPool" : "AveragePool";
    return { opType, attributes: { strides, pads, kernel_shape: window }, feeds: { V: inputs.V }, weights: {} };
  }
  const { x, W, G, V, mean, variance, gamma, beta } = inputs;
  if (operator === "dense") return gemm({ x }, { W }, 0, 1);
  if (operator === "dense-input-gradient") return gemm({ G }, { W }, 0, 0);
  if (operator === "dense-weight-gradient") return gemm({ G, x }, {}, 1, 0);
  if (operator === "relu") return { opType: "Relu", attributes: {}, feeds: { V }, weights: {} };
  if (operator === "batch-norm-inference") {
    const epsilon = { float: (cell.attributes as { epsilon: number }).epsilon };
    const weights = { gamma, beta, mean, variance };
    return { opType: "BatchNormalization", attributes: { epsilon }, feeds: { x }, weights };
  }
  throw new UnsupportedError(`ONNX has no operator for ${operator}`);
}
