import { afterAll, describe, expect, it } from "vitest";
import { type OperatorName, resolveWindow, type Tensor, zeros } from "../../../spec/index.ts";
import { createCpu } from "../create.ts";
import plain from "../plain/index.ts";

/**
 * What the suite's calls are too small or too alike for: several items of a kernel, its last elements, calls that only
 * differ in what a key must say, NaN at every tap.
 */
const cpus = [1, 3].map((threads) => createCpu({ threads, debug: true }));
afterAll(async () => {
  for (const cpu of cpus) await cpu.close();
});

/** Integers of which every partial sum is a number of the format: any order gives the same bits. */
const integers = (shape: readonly number[], seed: number): Tensor => {
  const values = zeros("f32", shape);
  let state = seed;
  for (let at = 0; at < values.data.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    values.data[at] = (state >> 24) % 8;
  }
  return values;
};

type Run = (inputs: Record<string, Tensor>, attributes: object) => Record<string, Tensor>;
const runOf = (backend: { readonly operators: object }, name: OperatorName): Run =>
  (backend.operators as Record<string, Run>)[name];

/** The values of a result, with one zero: its sign is left open where zeros tie for the largest. */
const valuesOf = (result: Record<string, Tensor>) =>
  Object.entries(result).map(([name, { shape, data }]) => [name, shape, data.map((value) => value + 0)]);

/** An operator gives what the plain loops give, on 1 and 3 threads. */
function holds(name: OperatorName, inputs: Record<string, Tensor>, attributes: object = {}): void {
  const expected = valuesOf(runOf(plain, name)(inputs, attributes));
  for (const cpu of cpus)
    expect(valuesOf(runOf(cpu, name)(inputs, attributes)), `${name}, ${cpu.threads} threads`).toEqual(expected);
}

interface Windows {
  readonly X: readonly number[];
  readonly window: readonly number[];
  readonly stride: readonly number[];
  readonly dilation?: readonly number[];
  readonly padding?: readonly (readonly [number, number])[];
}

/** Pooling and its gradients under one window, of tensors with several samples and channels. */
function pools({ X, window, stride, dilation, padding }: Windows, change?: (V: Tensor) => void): void {
  const attributes = {
    ...{ window, stride, rounding: "floor" as const },
    dilation: dilation ?? X.map(() => 1),
    padding: padding ?? X.map(() => [0, 0] as const),
  };
  const P = resolveWindow(X, window, attributes).extents;
  const [V, G] = [integers([2, 3, ...X], 1), integers([2, 3, ...P], 2)];
  change?.(V);
  holds("max-pool", { V }, attributes);
  holds("sum-pool", { V }, attributes);
  holds("max-pool-gradient", { V, G }, attributes);
  holds("sum-pool-gradient", { G }, { ...attributes, input: X });
}

describe("pooling", () => {
  it("of whole windows has a dilation for each axis", () => {
    pools({ X: [9, 10, 14], window: [2, 3, 2], stride: [1, 2, 2], dilation: [3, 2, 1] });
    pools({ X: [9, 10, 14], window: [2, 3, 2], stride: [1, 2, 1], dilation: [2, 1, 3] });
  });

  it("tells calls with equal outputs apart: by extents, dilation, window and stride", () => {
    const side = { window: [2, 2], stride: [2, 2] };
    for (const X of [
      [12, 12],
      [13, 12],
      [12, 13],
      [13, 13],
      [10, 12],
    ])
      pools({ ...side, X });
    for (const dilation of [
      [1, 1],
      [2, 1],
      [1, 2],
      [2, 2],
    ])
      pools({ X: [15, 15], window: [2, 2], stride: [2, 2], dilation });
    for (const window of [
      [2, 2],
      [1, 2],
      [2, 1],
    ])
      pools({ X: [12, 12], window, stride: [2, 2] });
    for (const window of [
      [2, 2],
      [1, 2],
      [2, 1],
    ])
      pools({ X: [12, 12], window, stride: window });
  });

  it("tells windows of other heights apart, of which as many fit", () => {
    for (const rows of [4, 5, 6]) pools({ X: [7, 12], window: [rows, 2], stride: [rows, 2] });
  });

  it("beside windows leaves zero what no window has, behind, below and at the side", () => {
    for (const X of [
      [5, 7, 19],
      [8, 5, 17],
    ]) {
      pools({ X, window: [3, 1, 4], stride: [3, 1, 4] });
      pools({ X, window: [3, 3, 1], stride: [3, 3, 1] });
      pools({ X, window: [2, 2, 2], stride: [2, 2, 2] });
    }
  });

  it("with padding before the first element, or dilation, is not of windows side by side", () => {
    const side = { window: [2, 2], stride: [2, 2] };
    pools({
      ...side,
      X: [10, 12],
      padding: [
        [1, 0],
        [0, 0],
      ],
    });
    pools({
      ...side,
      X: [12, 10],
      padding: [
        [0, 0],
        [1, 0],
      ],
    });
    pools({ ...side, X: [11, 11], dilation: [1, 2] });
    pools({ ...side, X: [11, 11], dilation: [2, 1] });
  });

  it("gives the error to the first NaN of a window, wherever it stands", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0];
    for (const window of [
      [2, 2],
      [3, 2],
      [2, 3],
      [1, 4],
    ])
      pools({ X: [12, 24], window, stride: window }, ({ data }) => {
        let state = 7;
        for (let at = 0; at < data.length; at++) {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
          if (state % 3 === 0) data[at] = values[(state >>> 16) % values.length];
        }
      });
  });
});

describe("dense gradients", () => {
  const gradients = (N: number, I: number, O: number): void => {
    const [x, W, G] = [
      [N, I],
      [O, I],
      [N, O],
    ].map(integers);
    holds("dense-input-gradient", { G, W });
    holds("dense-weight-gradient", { G, x });
  };

  it("of few samples write rows in several items, an odd one last", () => {
    for (const N of [1, 2, 3, 4]) gradients(N, 4099, 37);
    gradients(2, 8190, 11);
  });

  it("of few samples read the weights in several items of columns, whatever is left over", () => {
    for (const N of [1, 2, 3, 4]) for (const O of [5, 6, 7, 13]) gradients(N, 259, O);
    gradients(1, 9001, 19);
    gradients(1, 512, 301);
  });
});

describe("dense", () => {
  it("has rows and terms left over, whatever the number of samples", () => {
    for (const N of [1, 2, 4]) {
      for (const [I, O] of [
        [1, 1],
        [3, 6],
        [4, 7],
        [9, 8],
        [14, 15],
      ]) {
        const [x, W, b] = [[N, I], [O, I], [O]].map(integers);
        holds("dense", { x, W, b });
      }
    }
  });
});
