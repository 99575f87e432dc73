import type { ClauseId, Layer, Network, Shape } from "../../spec/index.ts";

/** A network before its parameters, input and target are drawn. */
export interface NetworkCase extends Network {
  readonly name: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly seed: number;
  /** How many steps of learning. */
  readonly steps: number;
  readonly x: Shape;
  /** The target: the shape of what the last layer gives. */
  readonly t: Shape;
  readonly parameters: Readonly<Record<string, Shape>>;
}

const correlate = (
  number: number | string,
  attributes?: Extract<Layer, { readonly layer: "correlate" }>["attributes"],
): Layer => ({ layer: "correlate", K: `K${number}`, b: `b${number}`, ...(attributes && { attributes }) });

const same = { padding: "same" } as const;
const relu: Layer = { layer: "relu" };

/** A kernel and its bias, by the number of their layer. */
const kernel = (number: number | string, O: number, ...rest: number[]): Record<string, Shape> => ({
  [`K${number}`]: [O, ...rest],
  [`b${number}`]: [O],
});

/** Weights and their bias, by the number of their layer. */
const weights = (number: number, O: number, I: number): Record<string, Shape> => ({
  [`W${number}`]: [O, I],
  [`b${number}`]: [O],
});

export const networkCases: readonly NetworkCase[] = [
  {
    name: "three-stage-layer",
    title: "a layer of three stages: convolutions, detector, pooling",
    clauses: ["NET-3", "NET-7", "NET-8"],
    seed: 2,
    layers: [
      {
        layer: "complex",
        stages: [correlate(1), relu, { layer: "max-pool", attributes: { window: [2, 3], stride: [2, 1] } }],
      },
    ],
    rate: 2 ** -6,
    steps: 2,
    x: [2, 2, 6, 7],
    t: [2, 3, 2, 4],
    parameters: kernel(1, 3, 2, 3, 2),
  },
  {
    name: "residual-block",
    title: "a residual block: what two convolutions make of the input is added to it",
    clauses: ["NET-4", "NET-7", "NET-8"],
    seed: 2,
    layers: [{ layer: "residual", body: [correlate(1, same), relu, correlate(2, same)] }, relu],
    rate: 2 ** -8,
    steps: 2,
    x: [2, 2, 4, 3],
    t: [2, 2, 4, 3],
    parameters: { ...kernel(1, 3, 2, 3, 3), ...kernel(2, 2, 3, 3, 3) },
  },
  {
    name: "inception-block",
    title: "an inception block: four branches on one input, two of 3 × 3 in place of 5 × 5 among them",
    clauses: ["NET-5", "NET-7", "NET-8"],
    seed: 8,
    layers: [
      {
        layer: "inception",
        branches: [
          [correlate("1"), relu],
          [correlate("2a"), relu, correlate("2b", same), relu],
          [correlate("3a"), relu, correlate("3b", same), relu, correlate("3c", same), relu],
          [
            { layer: "max-pool", attributes: { window: [3, 3], stride: [1, 1], padding: "same" } },
            correlate("4"),
            relu,
          ],
        ],
      },
    ],
    rate: 2 ** -8,
    steps: 2,
    x: [1, 2, 4, 5],
    t: [1, 8, 4, 5],
    parameters: {
      ...kernel("1", 1, 2, 1, 1),
      ...kernel("2a", 2, 2, 1, 1),
      ...kernel("2b", 3, 2, 3, 3),
      ...kernel("3a", 1, 2, 1, 1),
      ...kernel("3b", 2, 1, 3, 3),
      ...kernel("3c", 2, 2, 3, 3),
      ...kernel("4", 2, 2, 1, 1),
    },
  },
  {
    name: "whole-network",
    title: "a whole network: twice convolution, ReLU and pooling, then flattened into two dense layers",
    clauses: ["NET-6", "NET-7", "NET-8"],
    seed: 6,
    layers: [
      correlate(1),
      relu,
      { layer: "max-pool", attributes: { window: [2, 2], stride: [2, 2] } },
      correlate(2, {
        padding: [
          [1, 0],
          [0, 1],
        ],
      }),
      relu,
      { layer: "average-pool", attributes: { window: [2, 1], stride: [1, 2] } },
      { layer: "flatten" },
      { layer: "dense", W: "W3", b: "b3" },
      relu,
      { layer: "dense", W: "W4", b: "b4" },
    ],
    rate: 2 ** -8,
    steps: 3,
    x: [2, 2, 6, 7],
    t: [2, 3],
    parameters: {
      ...kernel(1, 3, 2, 3, 2),
      ...kernel(2, 2, 3, 2, 2),
      ...weights(3, 5, 4),
      ...weights(4, 3, 5),
    },
  },
];
