import { type OperatorName, resolveWindow, type Shape, sizeOf } from "../../spec/index.ts";
import { type Cell, cell, type Sliding } from "./cell.ts";

/** The groups that a run can be limited to. */
export const groups = ["layers", "large", "odd", "batch", "pool", "dense", "pointwise"] as const;
export type Group = (typeof groups)[number];

export interface Layer {
  readonly name: string;
  readonly group: Group;
  readonly cells: readonly Cell[];
}

export interface Convolution {
  readonly V: Shape;
  readonly K: Shape;
  readonly stride?: number;
  /** Cells of padding on both sides of every axis. */
  readonly pad?: number;
  readonly groups?: number;
}

const operations = [
  ["forward", "correlate"],
  ["input gradient", "correlate-input-gradient"],
  ["kernel gradient", "correlate-kernel-gradient"],
] as const;

/** A convolutional layer: forward and both gradients, which have the same number of multiplications. */
export function convolution(layer: string, { V, K, stride = 1, pad = 0, groups = 1 }: Convolution): readonly Cell[] {
  const [, , ...X] = V;
  const [O, C, ...R] = K;
  const each = <T>(value: T): T[] => X.map(() => value);
  const window = {
    stride: each(stride),
    dilation: each(1),
    padding: each([pad, pad] as const),
    rounding: "floor" as const,
  };
  const { begin, end, extents } = resolveWindow(X, R, window);
  const sliding: Sliding = { stride: window.stride, dilation: window.dilation, begin, end, groups, window: R };
  const G = [V[0], O, ...extents];
  const inputs = { forward: { V, K }, "input gradient": { G, K }, "kernel gradient": { G, V } };
  const attributes = { forward: {}, "input gradient": { input: X }, "kernel gradient": { kernel: R } };
  return operations.map(([operation, operator]) =>
    cell({
      layer,
      operation,
      operator,
      inputs: inputs[operation],
      attributes: { ...window, groups, ...attributes[operation] },
      sliding,
      limit: "multiply",
      multiplies: sizeOf(G) * C * sizeOf(R),
    }),
  );
}

const poolCells = (layer: string, V: Shape, r: number, s: number): readonly Cell[] => {
  const [N, C, ...X] = V;
  const each = <T>(value: T): T[] => X.map(() => value);
  const window = { window: each(r), stride: each(s), dilation: each(1), padding: each([0, 0]), rounding: "floor" };
  const P = X.map((n) => Math.floor((n - r) / s) + 1);
  const G = [N, C, ...P];
  const sliding: Sliding = {
    ...{ stride: window.stride, dilation: window.dilation, window: window.window },
    ...{ begin: each(0), end: each(0), groups: 1 },
  };
  const of = (operator: OperatorName, inputs: Cell["inputs"], attributes: object = {}): Cell =>
    cell({
      ...{ layer, operation: operator, operator, inputs, sliding },
      attributes: { ...window, ...attributes },
      ...{ limit: "memory" as const, multiplies: sizeOf(G) * sizeOf(window.window) },
    });
  return [
    of("max-pool", { V }),
    of("average-pool", { V }),
    of("max-pool-gradient", { V, G }),
    of("average-pool-gradient", { G }, { input: X }),
  ];
};

const denseCells = (layer: string, N: number, I: number, O: number): readonly Cell[] => {
  const [x, W, G] = [
    [N, I],
    [O, I],
    [N, O],
  ];
  const of = (operation: string, operator: OperatorName, inputs: Cell["inputs"]): Cell =>
    cell({ layer, operation, operator, inputs, limit: N === 1 ? "memory" : "multiply", multiplies: N * I * O });
  return [
    of("forward", "dense", { x, W }),
    of("input gradient", "dense-input-gradient", { G, W }),
    of("kernel gradient", "dense-weight-gradient", { G, x }),
  ];
};

const pointwiseCells = (layer: string, x: Shape): readonly Cell[] => {
  const gamma = [x[1]];
  const of = (operator: OperatorName, inputs: Cell["inputs"], attributes: object = {}): Cell =>
    cell({ layer, operation: operator, operator, inputs, attributes, limit: "memory", multiplies: sizeOf(x) });
  const given = { mean: gamma, variance: gamma, gamma, beta: gamma };
  return [
    of("relu", { V: x }),
    of("relu-gradient", { V: x, G: x }),
    of("batch-norm-inference", { x, ...given }),
    of("batch-norm", { x, gamma, beta: gamma }),
    of("batch-norm-gradient", { x, gamma, G: x }),
  ];
};

const conv = (group: Group, name: string, of: Convolution): Layer => ({ name, group, cells: convolution(name, of) });

/** The layers of the benchmark: those of a ResNet and a MobileNet, kernels for transforms, and odd ones. */
export const layers: readonly Layer[] = [
  conv("layers", "7x7 s2 3-64 @224", { V: [1, 3, 224, 224], K: [64, 3, 7, 7], stride: 2, pad: 3 }),
  conv("layers", "3x3 64-64 @56", { V: [1, 64, 56, 56], K: [64, 64, 3, 3], pad: 1 }),
  conv("layers", "1x1 256-64 @56", { V: [1, 256, 56, 56], K: [64, 256, 1, 1] }),
  conv("layers", "3x3 128-128 @28", { V: [1, 128, 28, 28], K: [128, 128, 3, 3], pad: 1 }),
  conv("layers", "3x3 256-256 @14", { V: [1, 256, 14, 14], K: [256, 256, 3, 3], pad: 1 }),
  conv("layers", "3x3 512-512 @7", { V: [1, 512, 7, 7], K: [512, 512, 3, 3], pad: 1 }),
  conv("layers", "depthwise 3x3 32 @112", { V: [1, 32, 112, 112], K: [32, 1, 3, 3], pad: 1, groups: 32 }),
  conv("layers", "depthwise 3x3 128 @56", { V: [1, 128, 56, 56], K: [128, 1, 3, 3], pad: 1, groups: 128 }),
  conv("large", "31x31 @512", { V: [1, 1, 512, 512], K: [1, 1, 31, 31], pad: 15 }),
  conv("large", "63x63 @512", { V: [1, 1, 512, 512], K: [1, 1, 63, 63], pad: 31 }),
  conv("large", "1024 @1000000", { V: [1, 1, 1_000_000], K: [1, 1, 1024] }),
  conv("odd", "3x3 5-3 @61", { V: [1, 5, 61, 61], K: [3, 5, 3, 3], pad: 1 }),
  conv("odd", "3x3 s2 37-41 @61", { V: [1, 37, 61, 61], K: [41, 37, 3, 3], stride: 2, pad: 1 }),
  conv("odd", "5x5 3-29 @61", { V: [1, 3, 61, 61], K: [29, 3, 5, 5] }),
  conv("batch", "3x3 64-64 @56 batch 8", { V: [8, 64, 56, 56], K: [64, 64, 3, 3], pad: 1 }),
  conv("batch", "3x3 256-256 @14 batch 8", { V: [8, 256, 14, 14], K: [256, 256, 3, 3], pad: 1 }),
  { name: "pool 2x2 s2 64 @112", group: "pool", cells: poolCells("pool 2x2 s2 64 @112", [1, 64, 112, 112], 2, 2) },
  { name: "dense 4096-1000", group: "dense", cells: denseCells("dense 4096-1000", 1, 4096, 1000) },
  { name: "dense 4096-1000 batch 64", group: "dense", cells: denseCells("dense 4096-1000 batch 64", 64, 4096, 1000) },
  { name: "pointwise 64 @112", group: "pointwise", cells: pointwiseCells("pointwise 64 @112", [1, 64, 112, 112]) },
];
