import { afterAll, describe, expect, it } from "vitest";
import { type OperatorName, resolveWindow, type Tensor, zeros } from "../../../../spec/index.ts";
import { createCpu } from "../../create.ts";
import plain from "../../plain/index.ts";
import { slide } from "../../plain/volume.ts";
import { winogradGradientPlan } from "./winograd-plan.ts";

const cpus = [1, 2, 3].map((threads) => createCpu({ threads, debug: true, algorithm: "direct" }));
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

interface Layer {
  readonly N: number;
  /** Channels in and out of a group. */
  readonly C: number;
  readonly O: number;
  readonly X: readonly number[];
  readonly R: readonly number[];
  readonly stride?: readonly number[];
  readonly dilation?: readonly number[];
  readonly padding?: readonly (readonly [number, number])[];
  readonly groups?: number;
}

/** A layer's call in full, and random integers for what it multiplies. */
function drawn({ N, C, O, X, R, groups = 1, ...window }: Layer) {
  const ones = R.map(() => 1);
  const padding = R.map(() => [0, 0] as const);
  const attributes = { stride: ones, dilation: ones, padding, ...window, groups, rounding: "floor" as const };
  const P = resolveWindow(X, R, attributes).extents;
  const [V, K, G] = [
    [N, groups * C, ...X],
    [groups * O, C, ...R],
    [N, groups * O, ...P],
  ].map(integers);
  return { V, K, G, attributes };
}

/** Both gradients of a layer, of both forward operators, equal those of the plain loops on 1, 2 and 3 threads. */
function holds(layer: Layer): void {
  const { V, K, G, attributes } = drawn(layer);
  const { X, R } = layer;
  for (const kind of ["correlate", "convolve"] as const) {
    const calls = [
      [`${kind}-input-gradient`, { G, K }, { ...attributes, input: X }],
      [`${kind}-kernel-gradient`, { G, V }, { ...attributes, kernel: R }],
    ] as const;
    for (const [name, inputs, given] of calls) {
      const expected = runOf(plain, name)(inputs, given);
      for (const cpu of cpus) expect(runOf(cpu, name)(inputs, given), `${name}, ${cpu.threads}`).toEqual(expected);
    }
  }
}

describe("gradients of convolution", () => {
  it("sum over several blocks and parts of the positions", () => holds({ N: 3, C: 3, O: 7, X: [37, 41], R: [3, 3] }));

  it("cut long rows into columns", () => {
    holds({ N: 2, C: 2, O: 5, X: [1999], R: [7], padding: [[3, 2]] });
    holds({ N: 2, C: 2, O: 1, X: [40_003], R: [5], padding: [[0, 4]] });
  });

  it("take the channels in blocks, of which the last is smaller", () =>
    holds({
      N: 1,
      C: 37,
      O: 35,
      X: [5, 6],
      R: [3, 3],
      padding: [
        [1, 1],
        [1, 1],
      ],
    }));

  it("cut many output channels into several items", () => holds({ N: 2, C: 9, O: 301, X: [6, 7], R: [2, 3] }));

  it("turn the channels of kernels of one tap", () => {
    holds({ N: 2, C: 131, O: 17, X: [7, 9], R: [1, 1] });
    holds({ N: 2, C: 14, O: 9, X: [9, 12], R: [1, 1], stride: [2, 3] });
  });

  it("go through a stride phase by phase", () => {
    holds({
      N: 2,
      C: 5,
      O: 6,
      X: [17, 23],
      R: [3, 5],
      stride: [2, 3],
      padding: [
        [1, 0],
        [2, 3],
      ],
    });
    holds({ N: 1, C: 3, O: 4, X: [9, 12, 10], R: [2, 3, 3], stride: [3, 2, 1], dilation: [1, 3, 2] });
  });

  it("compute phases with the same taps side by side", () => {
    holds({ N: 2, C: 3, O: 10, X: [32, 24], R: [8, 8], stride: [8, 8] });
    holds({ N: 2, C: 2, O: 5, X: [30, 31], R: [8, 9], stride: [4, 5] });
  });

  it("leave zero what meets no weight", () => holds({ N: 2, C: 5, O: 6, X: [13, 17], R: [2, 1], stride: [5, 4] }));

  it("work plane by plane where groups have few output channels", () => {
    holds({
      N: 2,
      C: 1,
      O: 1,
      X: [29, 31],
      R: [3, 3],
      padding: [
        [1, 1],
        [1, 1],
      ],
      groups: 6,
    });
    holds({ N: 2, C: 1, O: 2, X: [30, 33], R: [5, 4], stride: [2, 2], dilation: [1, 2], groups: 3 });
    holds({ N: 1, C: 2, O: 3, X: [3, 150, 90], R: [2, 3, 3] });
  });

  it("take one row of positions eight taps at a time, whatever is left over", () => {
    for (const [X, R] of [
      [101, 1],
      [102, 8],
      [103, 9],
      [104, 23],
      [97, 83],
    ])
      holds({ N: 2, C: 2, O: 1, X: [X], R: [R], padding: [[1, 2]] });
    holds({ N: 1, C: 1, O: 2, X: [211], R: [19], stride: [2], dilation: [3] });
    holds({ N: 1, C: 1, O: 1, X: [1, 90], R: [1, 17] });
    holds({ N: 1, C: 2, O: 1, X: [3, 1, 60], R: [2, 1, 9] });
  });

  it("share patches of large windows", () => {
    holds({ N: 1, C: 1, O: 1, X: [40, 43], R: [31, 29] });
    holds({ N: 1, C: 1, O: 1, X: [75, 77], R: [63, 62] });
    holds({ N: 1, C: 1, O: 2, X: [37, 41], R: [7, 11], stride: [2, 3], dilation: [2, 1] });
    holds({ N: 1, C: 2, O: 1, X: [30, 33], R: [2, 10] });
    holds({ N: 1, C: 2, O: 1, X: [30, 33], R: [10, 2], stride: [1, 2] });
  });

  it("keep an infinite gradient away from padding", () => {
    const padding = [[1, 1]];
    const attributes = { stride: [1], dilation: [1], padding, rounding: "floor", groups: 1, kernel: [3] };
    for (const O of [2, 5]) {
      const [G, V] = [integers([1, O, 8], 1), integers([1, 2, 8], 2)];
      G.data[0] = Number.POSITIVE_INFINITY;
      V.data.fill(1);
      const expected = runOf(plain, "correlate-kernel-gradient")({ G, V }, attributes);
      expect(expected.dK.data[0]).not.toBe(Number.NaN);
      for (const cpu of cpus) expect(runOf(cpu, "correlate-kernel-gradient")({ G, V }, attributes)).toEqual(expected);
    }
  });
});

/** Layers for the transposes of F(m×m, 3×3), and the m that suits each. */
const squares: Readonly<Record<string, Omit<Layer, "R"> & { readonly m: 2 | 4 }>> = {
  "whole squares, read where they lie": { m: 4, N: 1, C: 16, O: 12, X: [26, 18] },
  "squares past the end, uneven padding": {
    m: 4,
    N: 2,
    C: 9,
    O: 13,
    X: [19, 28],
    padding: [
      [1, 0],
      [2, 1],
    ],
  },
  "several blocks that end within a sample, of which the last is smaller": {
    m: 4,
    N: 7,
    C: 3,
    O: 5,
    X: [41, 49],
    padding: [
      [2, 2],
      [2, 2],
    ],
  },
  "several items of each kind of channel": {
    m: 2,
    N: 1,
    C: 130,
    O: 67,
    X: [7, 7],
    padding: [
      [1, 1],
      [1, 1],
    ],
  },
  "squares of two": { m: 2, N: 7, C: 10, O: 9, X: [4, 4] },
  groups: {
    m: 4,
    N: 2,
    C: 6,
    O: 5,
    X: [14, 14],
    groups: 3,
    padding: [
      [1, 5],
      [1, 0],
    ],
  },
  "one plane of a volume": { m: 4, N: 2, C: 5, O: 6, X: [1, 17, 23] },
};
const layerOf = (of: Omit<Layer, "R">): Layer => ({ ...of, R: of.X.length === 3 ? [1, 3, 3] : [3, 3] });

describe("Winograd's gradient of the kernel", () => {
  const autos = [
    createCpu({ threads: 1, debug: true, winogradFrom: 1 }),
    createCpu({ threads: 3, debug: true, winogradFrom: 1 }),
    createCpu({ threads: 2, debug: true, winogradFrom: 1, relaxed: false }),
    // Memory that is used again holds numbers, which would count where it is taken to hold zeros.
    createCpu({ threads: 2, winogradFrom: 1 }),
  ];
  afterAll(async () => {
    for (const cpu of autos) await cpu.close();
  });
  const name = "correlate-kernel-gradient";
  /** The nearest integers, with one zero. */
  const nearest = ({ data }: Tensor) => data.map((value) => Math.round(value) + 0);

  it.each(Object.entries(squares))("%s: the nearest integers are the sums of the plain loops", (_, of) => {
    const layer = layerOf(of);
    const { V, G, attributes } = drawn(layer);
    const call = { window: slide(layer.X, layer.R, attributes), groups: attributes.groups, C: of.C, O: of.O };
    expect(winogradGradientPlan({ ...call, flipped: false }, of.N, 1)?.m).toBe(of.m);
    for (const kind of ["correlate", "convolve"] as const) {
      const run = (backend: { readonly operators: object }) =>
        runOf(backend, `${kind}-kernel-gradient`)({ G, V }, { ...attributes, kernel: layer.R }).dK.data;
      const expected = run(plain).map((value) => value + 0);
      for (const cpu of autos) run(cpu);
      const results = autos.map(run);
      for (const result of results) expect(result.map((value) => Math.round(value) + 0)).toEqual(expected);
      expect(results[1]).toEqual(results[0]);
    }
  });

  it("is the same bits on any number of threads", () => {
    const { V, G, attributes } = drawn({ N: 3, C: 37, O: 70, X: [30, 41], R: [3, 3] });
    for (const { data } of [V, G]) for (let at = 0; at < data.length; at++) data[at] = Math.fround(data[at] / 7);
    const [one, three] = autos.map((cpu) => runOf(cpu, name)({ G, V }, { ...attributes, kernel: [3, 3] }).dK.data);
    expect(three).toEqual(one);
  });

  it("tells calls apart that only differ in where padding is", () => {
    const layer = { N: 1, C: 9, O: 10, X: [13, 14], R: [3, 3] };
    for (const padding of [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ] as const) {
      const { V, G, attributes } = drawn({ ...layer, padding });
      const expected = runOf(plain, name)({ G, V }, { ...attributes, kernel: [3, 3] }).dK;
      for (const cpu of autos) {
        const { dK } = runOf(cpu, name)({ G, V }, { ...attributes, kernel: [3, 3] });
        expect(nearest(dK)).toEqual(nearest(expected));
      }
    }
  });

  it("is for neighbouring taps at a stride of one alone", () => {
    for (const window of [{ stride: [2, 2] }, { stride: [1, 2] }, { dilation: [2, 2] }, { dilation: [2, 1] }]) {
      const { V, G, attributes } = drawn({ N: 1, C: 9, O: 10, X: [13, 14], R: [3, 3], ...window });
      const expected = runOf(plain, name)({ G, V }, { ...attributes, kernel: [3, 3] });
      for (const cpu of autos) expect(runOf(cpu, name)({ G, V }, { ...attributes, kernel: [3, 3] })).toEqual(expected);
    }
  });

  it("leaves a NaN of the input, wherever it is, to the taps that meet it", () => {
    for (const at of [1, 14, 15, 13 * 14 - 2, 13 * 14 - 1, 12 * 14 - 1]) {
      const { V, G, attributes } = drawn({ N: 1, C: 9, O: 10, X: [13, 14], R: [3, 3] });
      V.data[at] = Number.NaN;
      const expected = runOf(plain, name)({ G, V }, { ...attributes, kernel: [3, 3] });
      expect([...expected.dK.data].some(Number.isFinite)).toBe(true);
      for (const cpu of autos)
        expect(nearest(runOf(cpu, name)({ G, V }, { ...attributes, kernel: [3, 3] }).dK)).toEqual(nearest(expected.dK));
    }
  });

  it("leaves values that are not finite where they belong", () => {
    const padding = [
      [1, 1],
      [1, 1],
    ] as const;
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      for (const which of ["G", "V"] as const) {
        const { V, G, attributes } = drawn({ N: 1, C: 9, O: 10, X: [13, 14], R: [3, 3], padding });
        V.data.fill(1);
        ({ G, V })[which].data[0] = value;
        const expected = runOf(plain, name)({ G, V }, { ...attributes, kernel: [3, 3] });
        expect([...expected.dK.data].some(Number.isFinite)).toBe(true);
        for (const cpu of autos)
          expect(runOf(cpu, name)({ G, V }, { ...attributes, kernel: [3, 3] }).dK).toEqual(expected.dK);
      }
  });
});
