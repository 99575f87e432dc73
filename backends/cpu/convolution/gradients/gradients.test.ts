import { afterAll, describe, expect, it } from "vitest";
import { type OperatorName, resolveWindow, type Tensor, zeros } from "../../../../spec/index.ts";
import { createCpu } from "../../create.ts";
import plain from "../../plain/index.ts";

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

/** Both gradients of a layer, of both forward operators, equal those of the plain loops on 1, 2 and 3 threads. */
function holds({ N, C, O, X, R, groups = 1, ...window }: Layer): void {
  const given = { ...window, groups, rounding: "floor" as const };
  const ones = R.map(() => 1);
  const full = { stride: ones, dilation: ones, padding: R.map(() => [0, 0] as const), ...given };
  const P = resolveWindow(X, R, full).extents;
  const [V, K, G] = [
    [N, groups * C, ...X],
    [groups * O, C, ...R],
    [N, groups * O, ...P],
  ].map(integers);
  for (const kind of ["correlate", "convolve"] as const) {
    const calls = [
      [`${kind}-input-gradient`, { G, K }, { ...full, input: X }],
      [`${kind}-kernel-gradient`, { G, V }, { ...full, kernel: R }],
    ] as const;
    for (const [name, inputs, attributes] of calls) {
      const expected = runOf(plain, name)(inputs, attributes);
      for (const cpu of cpus) expect(runOf(cpu, name)(inputs, attributes), `${name}, ${cpu.threads}`).toEqual(expected);
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
