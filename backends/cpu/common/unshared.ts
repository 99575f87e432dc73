import { type Shape, sizeOf, type Tensor, type WindowAttributes } from "../../../spec/index.ts";
import { record, taps } from "../kernels/patch.ts";
import { itemWords, rowsOf, type Unshared, unsharedKernel, unsharedWorkspace } from "../kernels/unshared.ts";
import {
  inputGradientWorkspace,
  type UnsharedInputGradient,
  unsharedInputGradient,
} from "../kernels/unshared-input-gradient.ts";
import {
  channelRuns,
  kernelGradientWorkspace,
  type UnsharedKernelGradient,
  unsharedKernelGradient,
} from "../kernels/unshared-kernel-gradient.ts";
import { slide } from "../plain/volume.ts";
import type { Scope } from "../runtime/scope.ts";

/** The extents of a layer: input [N, C, …X], output [N, O, …P], windows of R. */
export interface UnsharedExtents {
  readonly N: number;
  readonly C: number;
  readonly O: number;
  readonly X: Shape;
  readonly R: Shape;
  readonly P: Shape;
}

/** Where the weights of a position are. */
export interface Weights {
  /** How many blocks [O, C, …R] there are, and how many elements lie between one and the next. */
  readonly blocks: number;
  readonly blockStride: number;
  /** Elements from one output channel of a block to the next. */
  readonly outputStride: number;
  /** The block of an output position. */
  blockOf(position: number): number;
  /** Elements from bias to bias: from one output channel to the next, and from one position to the next. */
  readonly biasStrides: readonly [number, number];
}

/** What the kernels of a layer need besides the tensors. */
interface Layer {
  readonly layer: Unshared;
  /** For each block: bytes from the beginning of the weights, its first record, and how many. */
  readonly blocks: Int32Array;
  readonly records: Int32Array;
}

/** Sorts the positions of all samples by their block of weights. */
function layerOf(
  { N, C, O, X, R, P }: UnsharedExtents,
  attributes: WindowAttributes,
  weights: Weights,
  relaxed: boolean,
): Layer {
  const window = slide(X, R, attributes);
  const [positions, plane] = [sizeOf(P), sizeOf(X)];
  const served = Array.from({ length: weights.blocks }, (): number[] => []);
  for (let p = 0; p < positions; p++) served[weights.blockOf(p)].push(p);
  const words = record.bytes / 4;
  const records = new Int32Array(N * positions * words);
  const blocks = new Int32Array((weights.blocks * itemWords.bytes) / 4);
  let next = 0;
  for (const [block, own] of served.entries()) {
    blocks.set([4 * block * weights.blockStride, next, N * own.length], 4 * block);
    for (let n = 0; n < N; n++) {
      for (const p of own) {
        const place = [Math.floor(p / (window.P[1] * window.P[2])), Math.floor(p / window.P[2]), p];
        const start = place.map((at, axis) => (at % window.P[axis]) * window.stride[axis] - window.begin[axis]);
        const inside = start.every(
          (x, axis) => x >= 0 && x + (window.R[axis] - 1) * window.dilation[axis] < window.X[axis],
        );
        const output = 4 * (n * O * positions + p);
        records.set(
          [4 * n * C * plane, ...start, output, 4 * p * weights.biasStrides[1], inside ? 1 : 0],
          words * next++,
        );
      }
    }
  }
  const layer: Unshared = {
    C,
    O,
    X: window.X,
    R: window.R,
    dilation: window.dilation,
    positions,
    weightStride: 4 * weights.outputStride,
    biasStride: 4 * weights.biasStrides[0],
    served: N * Math.max(...served.map(({ length }) => length)),
    relaxed,
  };
  return { layer, blocks, records };
}

/** Channels of one item of a gradient: few enough for two items a thread, many enough for long runs of weights. */
const channelsOf = ({ C, R }: UnsharedExtents, threads: number): number =>
  Math.min(C, Math.max(Math.ceil(64 / sizeOf(R)), Math.ceil(C / (2 * threads))));

/** How many items take 20 µs, if one is that many products. */
const grainOf = (products: number): number => Math.ceil(200_000 / Math.max(1, products));

/** LOCAL-2, TILED-1: the outputs Z [N, O, …P] for V [N, C, …X], the address W of weights and biases b. */
export function forward(
  scope: Scope,
  extents: UnsharedExtents,
  attributes: WindowAttributes,
  weights: Weights,
  { V, W, b }: { V: Tensor; W: number; b: Tensor | undefined },
): Tensor {
  const biased = b === undefined ? { ...weights, biasStrides: [0, 0] as const } : weights;
  const { layer, blocks, records } = layerOf(extents, attributes, biased, scope.relaxed);
  const shape = [extents.N, extents.O, ...extents.P];
  const Z = scope.output(shape);
  if (layer.served > 0) {
    const items = itemsOf(blocks, rowsOf(layer));
    scope.run(
      scope.kernel(`unshared ${JSON.stringify(layer)}`, () => unsharedKernel(layer)),
      "forward",
      { items: items.length / 4, grain: grainOf(rowsOf(layer) * layer.O * layer.C * taps(layer)) },
      scope.input(V),
      W,
      scope.optional(b),
      Z,
      scope.table(items),
      scope.table(records),
      scope.workspace(scope.threads * unsharedWorkspace(layer)),
    );
  }
  return scope.result(Z, shape);
}

/** Cuts the positions that a block serves into items of so many. */
function itemsOf(blocks: Int32Array, rows: number): number[] {
  const items: number[] = [];
  for (let at = 0; at < blocks.length; at += 4) {
    const [weights, first, count] = blocks.subarray(at, at + 3);
    for (let from = 0; from < count; from += rows) items.push(weights, first + from, Math.min(rows, count - from), 0);
  }
  return items;
}

/** GRAD-40, GRAD-43: dV [N, C, …X] from G [N, O, …P] and the address W of weights. */
export function inputGradient(
  scope: Scope,
  extents: UnsharedExtents,
  attributes: WindowAttributes,
  weights: Weights,
  { G, W }: { G: Tensor; W: number },
): Tensor {
  const { layer, blocks, records } = layerOf(extents, attributes, weights, scope.relaxed);
  const { N, C, O, X } = extents;
  const own: UnsharedInputGradient = { ...layer, N, channels: channelsOf(extents, scope.threads) };
  const shape = [N, C, ...X];
  const dV = scope.output(shape);
  scope.run(
    scope.kernel(`unshared-input-gradient ${JSON.stringify(own)}`, () => unsharedInputGradient(own)),
    "gradient",
    { items: Math.ceil(C / own.channels), grain: grainOf(N * layer.positions * O * own.channels * taps(layer)) },
    scope.input(G),
    W,
    dV,
    scope.table(blocks),
    weights.blocks,
    scope.table(records),
    scope.workspace(scope.threads * inputGradientWorkspace(own)),
  );
  return scope.result(dV, shape);
}

/** GRAD-41, GRAD-44: the gradient of the weights, at the address dW, from G [N, O, …P] and V [N, C, …X]. */
export function kernelGradient(
  scope: Scope,
  extents: UnsharedExtents,
  attributes: WindowAttributes,
  weights: Weights,
  { G, V, dW }: { G: Tensor; V: Tensor; dW: number },
): void {
  const { layer, blocks, records } = layerOf(extents, attributes, weights, scope.relaxed);
  // A block that serves many positions is cut by channels, so that there are enough items.
  const channels = weights.blocks >= 64 ? extents.C : channelsOf(extents, scope.threads);
  const own: UnsharedKernelGradient = { ...layer, channels };
  scope.run(
    scope.kernel(`unshared-kernel-gradient ${JSON.stringify(own)}`, () => unsharedKernelGradient(own)),
    "gradient",
    {
      items: weights.blocks * channelRuns(own),
      grain: grainOf(layer.served * layer.O * channels * taps(layer)),
    },
    scope.input(G),
    scope.input(V),
    dW,
    scope.table(blocks),
    scope.table(records),
    scope.workspace(scope.threads * kernelGradientWorkspace(own)),
  );
}
