import { afterAll, describe, expect, test } from "vitest";
import { type AttributesOf, operators, random, type Shape, sizeOf, type Tensor } from "../../../spec/index.ts";
import { type Cpu, type CpuOptions, createCpu } from "../create.ts";
import { correlate as plain } from "../plain/correlate.ts";
import { geometryOf } from "./geometry.ts";
import { winogradPlan } from "./winograd-plan.ts";

/** A call larger than those of the suite: several blocks, chunks of output channels, remainders of every kind. */
interface Call {
  readonly V: Shape;
  readonly K: Shape;
  readonly bias?: boolean;
  readonly attributes?: Partial<AttributesOf<"correlate">>;
}

const calls: Readonly<Record<string, Call>> = {
  "rows of whole vectors, several blocks": { V: [1, 24, 40, 56], K: [20, 24, 3, 3], bias: true },
  "rows with an odd vector": { V: [2, 9, 19, 28], K: [13, 9, 3, 3], attributes: { padding: "same" } },
  "rows with a remainder of each length": { V: [1, 5, 13, 61], K: [6, 5, 2, 3], attributes: { padding: "full" } },
  "short rows laid out densely": { V: [2, 40, 7, 7], K: [70, 40, 3, 3], bias: true, attributes: { padding: "same" } },
  "short rows, blocks that overlap": { V: [1, 300, 14, 14], K: [24, 300, 3, 3], attributes: { padding: "same" } },
  "one output": { V: [3, 30, 3, 3], K: [11, 30, 3, 3] },
  "a matrix product": { V: [1, 64, 30, 31], K: [37, 64, 1, 1], bias: true },
  "strided rows": { V: [1, 3, 47, 63], K: [17, 3, 7, 7], attributes: { stride: [2, 2], padding: "same" } },
  "phases out of order": { V: [1, 4, 20, 97], K: [7, 4, 3, 5], attributes: { stride: [1, 3], dilation: [1, 2] } },
  "a stride longer than the kernel": { V: [1, 4, 40, 41], K: [5, 4, 1, 1], attributes: { stride: [4, 3] } },
  "dilation beyond the rows of a block": { V: [1, 3, 50, 50], K: [5, 3, 3, 3], attributes: { dilation: [17, 16] } },
  "a long row": { V: [1, 2, 9000], K: [3, 2, 100], attributes: { padding: [[31, 7]] } },
  "a large kernel": { V: [1, 1, 60, 60], K: [1, 1, 31, 31], attributes: { padding: "same" } },
  "a volume": { V: [1, 3, 9, 12, 30], K: [10, 3, 3, 2, 3], attributes: { padding: "same" } },
  "groups of a few": { V: [1, 18, 15, 20], K: [12, 6, 3, 3], attributes: { groups: 3 } },
  depthwise: { V: [2, 11, 30, 45], K: [11, 1, 3, 3], bias: true, attributes: { groups: 11, padding: "same" } },
  "depthwise, strided": {
    V: [1, 6, 31, 46],
    K: [6, 1, 5, 5],
    attributes: { groups: 6, padding: "same", stride: [2, 2] },
  },
  "depthwise, one row": { V: [1, 6, 300], K: [6, 1, 3], attributes: { groups: 6, padding: [[3, 5]] } },
};

/** Calls of Winograd's form, and the m of the F(m×m, 3×3) that suits each. */
const squares: Readonly<Record<string, Call & { readonly m: 2 | 4 }>> = {
  "whole squares": { m: 4, V: [1, 16, 24, 24], K: [12, 16, 3, 3], bias: true, attributes: { padding: "same" } },
  "squares past the end": { m: 4, V: [2, 11, 29, 31], K: [9, 11, 3, 3], bias: true },
  "one vector of squares": { m: 2, V: [1, 20, 4, 3], K: [21, 20, 3, 3], attributes: { padding: "same" } },
  "squares of two": { m: 2, V: [3, 10, 2, 2], K: [10, 10, 3, 3], attributes: { padding: "same" } },
  "squares of groups": { m: 4, V: [1, 12, 14, 14], K: [10, 6, 3, 3], attributes: { groups: 2, padding: "full" } },
};

const integers = (shape: Shape, seed: number): Tensor => {
  const source = random(seed, String(shape));
  const data = Float32Array.from({ length: sizeOf(shape) }, () => source.integer(-9, 9));
  return { dtype: "f32", shape, data };
};

const made = ({ V, K, bias, attributes }: Call) => {
  const inputs = { V: integers(V, 1), K: integers(K, 2), b: bias ? integers([K[0]], 3) : undefined };
  return { inputs, attributes: operators.correlate.complete(inputs, attributes ?? {}) };
};

const backends: Cpu[] = [];
const backend = (options: CpuOptions): Cpu => {
  backends.push(createCpu({ debug: true, ...options }));
  return backends[backends.length - 1];
};
afterAll(() => Promise.all(backends.map((each) => each.close())));

const output = async (cpu: Cpu, { inputs, attributes }: ReturnType<typeof made>): Promise<Tensor> => {
  const { correlate } = cpu.operators;
  if (correlate === undefined) throw new Error("no correlate");
  return (await correlate(inputs, attributes)).Z;
};

describe.each([
  ["one thread", { threads: 1 }],
  ["two threads", { threads: 2 }],
  ["two threads, two roundings", { threads: 2, relaxed: false }],
] as const)("on %s", (_, options) => {
  const direct = backend({ ...options, algorithm: "direct" });
  test.each(Object.entries(calls))("%s: the sums of the plain loops", async (_, call) => {
    const { inputs, attributes } = made(call);
    expect((await output(direct, { inputs, attributes })).data).toEqual(plain(inputs, attributes).Z.data);
  });

  const auto = backend({ ...options, algorithm: "auto", winogradFrom: 1 });
  test.each(Object.entries(squares))("%s: the nearest integers are the sums of the plain loops", async (_, call) => {
    const { inputs, attributes } = made(call);
    const { data } = await output(auto, { inputs, attributes });
    expect(data.map((value) => Math.round(value) + 0)).toEqual(plain(inputs, attributes).Z.data.map((v) => v + 0));
  });
});

test.each(Object.entries(squares))("%s: are Winograd's", (_, call) => {
  const { inputs, attributes } = made(call);
  const shapes = { V: inputs.V.shape, K: inputs.K.shape, bias: call.bias === true };
  const geometry = geometryOf({ ...shapes, attributes, flipped: false });
  expect(winogradPlan(geometry, call.V[0], 1)?.m).toBe(call.m);
});

describe("values that are not finite", () => {
  const auto = backend({ threads: 2, winogradFrom: 1 });
  const call = made({ V: [1, 9, 20, 20], K: [9, 9, 3, 3], attributes: { padding: "same" } });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%d in the input reaches its own windows only", async (value) => {
    const V = { ...call.inputs.V, data: Float32Array.from(call.inputs.V.data) };
    V.data[5 * 20 + 6] = value;
    const { data } = await output(auto, { ...call, inputs: { ...call.inputs, V } });
    const reached = [...data.keys()].filter((at) => !Number.isFinite(data[at])).map((at) => at % 400);
    const window = [4, 5, 6].flatMap((y) => [5, 6, 7].map((x) => y * 20 + x));
    expect([...new Set(reached)].sort((a, b) => a - b)).toEqual(window);
  });

  test("an infinite weight over padding contributes nothing", async () => {
    const K = { ...call.inputs.K, data: Float32Array.from(call.inputs.K.data) };
    K.data[0] = Number.POSITIVE_INFINITY;
    const inputs = { ...call.inputs, K };
    expect((await output(auto, { ...call, inputs })).data).toEqual(plain(inputs, call.attributes).Z.data);
  });
});

test("the padding after the last element is part of what a kernel is made for", async () => {
  const cpu = backend({ threads: 1, winogradFrom: 1 });
  for (const end of [1, 5, 0]) {
    const padding = [
      [1, end],
      [2, end],
    ] as const;
    const { inputs, attributes } = made({ V: [1, 9, 8, 8], K: [9, 9, 3, 3], attributes: { padding } });
    const { data } = await output(cpu, { inputs, attributes });
    expect(data.map((value) => Math.round(value) + 0)).toEqual(plain(inputs, attributes).Z.data.map((v) => v + 0));
  }
});

test("a kernel that is changed in place is transformed anew, and one that comes back is not", async () => {
  const cpu = backend({ threads: 2, winogradFrom: 1 });
  const call = made(squares["whole squares"]);
  const { data } = call.inputs.K;
  const first = await output(cpu, call);
  data[data.length - 1] += 1;
  const changed = await output(cpu, call);
  expect(changed.data).not.toEqual(first.data);
  data[data.length - 1] -= 1;
  expect((await output(cpu, call)).data).toEqual(first.data);
});

test("what is kept between calls makes room", async () => {
  const cpu = backend({ threads: 1, winogradFrom: 1, memoryLimit: 2 ** 23 });
  const call = made({ V: [1, 64, 8, 8], K: [64, 64, 3, 3], attributes: { padding: "same" } });
  for (let turn = 0; turn < 40; turn++) {
    call.inputs.K.data[turn] += 1;
    await output(cpu, call);
  }
  expect(cpu.usage().bytes).toBeLessThanOrEqual(2 ** 23);
});
