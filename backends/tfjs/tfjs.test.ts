import { expect, test } from "vitest";
import { type OperatorName, operatorNamed, type Shape, type Tensor } from "../../spec/index.ts";
import backend from "./index.ts";

const tensor = (shape: Shape, values: readonly number[]): Tensor => ({
  dtype: "f32",
  shape,
  data: new Float32Array(values),
});

const call = (operator: OperatorName, inputs: Readonly<Record<string, Tensor>>, attributes: object = {}) => {
  const implementation = backend.operators[operator] as (inputs: object, attributes: object) => { Z: Tensor };
  const { Z } = implementation(inputs, operatorNamed(operator).complete(inputs, attributes));
  return { shape: Z.shape, values: Array.from(Z.data) };
};

const unsupported = expect.objectContaining({ name: "UnsupportedError" });

test("the kernel is not flipped", () => {
  const Z = call("correlate", { V: tensor([1, 1, 4], [1, 2, 4, 8]), K: tensor([1, 1, 2], [10, 1]) });
  expect(Z).toEqual({ shape: [1, 1, 3], values: [12, 24, 48] });
});

test("channels go last and come back", () => {
  const inputs = { V: tensor([1, 2, 1, 2], [1, 2, 3, 4]), K: tensor([2, 2, 1, 1], [1, 10, 100, 1000]) };
  expect(call("correlate", inputs)).toEqual({ shape: [1, 2, 1, 2], values: [31, 42, 3100, 4200] });
});

test("padding, stride and bias stand where they belong", () => {
  const inputs = { V: tensor([1, 1, 1, 4], [1, 2, 3, 4]), K: tensor([1, 1, 1, 2], [10, 1]), b: tensor([1], [100]) };
  const Z = call("correlate", inputs, {
    stride: [1, 2],
    padding: [
      [0, 0],
      [1, 0],
    ],
  });
  expect(Z).toEqual({ shape: [1, 1, 1, 2], values: [101, 123] });
});

test("a group for each channel is a depthwise convolution", () => {
  const V = [1, 2, 3, 4];
  const K = [10, 20, 100, 200];
  const values = [10, 20, 20, 40, 300, 400, 600, 800];
  for (const axes of [1, 2]) {
    const ones = Array<number>(axes - 1).fill(1);
    const inputs = { V: tensor([1, 2, ...ones, 2], V), K: tensor([4, 1, ...ones, 1], K) };
    expect(call("correlate", inputs, { groups: 2 })).toEqual({ shape: [1, 4, ...ones, 2], values });
  }
});

test("over three axes zeros are put around the input", () => {
  const inputs = { V: tensor([1, 1, 1, 1, 3], [1, 2, 3]), K: tensor([1, 1, 1, 1, 2], [10, 1]) };
  const padding = [
    [0, 0],
    [0, 0],
    [1, 0],
  ];
  expect(call("correlate", inputs, { padding }).values).toEqual([1, 12, 23]);
  const infinite = { ...inputs, K: tensor([1, 1, 1, 1, 2], [Number.POSITIVE_INFINITY, 1]) };
  expect(() => call("correlate", infinite, { padding })).toThrow(unsupported);
});

test("an empty batch gives an empty batch", () => {
  const Z = call("correlate", { V: tensor([0, 1, 4], []), K: tensor([1, 1, 2], [10, 1]) });
  expect(Z).toEqual({ shape: [0, 1, 3], values: [] });
});

test("under ceil the last window overhangs", () => {
  const V = tensor([1, 1, 5], [1, 5, 2, 4, 3]);
  const Z = call("max-pool", { V }, { window: [2], stride: [2], rounding: "ceil" });
  expect(Z).toEqual({ shape: [1, 1, 3], values: [5, 4, 3] });
});

test("the divisor does not count the padding", () => {
  const V = tensor([1, 1, 3], [2, 4, 6]);
  const attributes = { window: [2], padding: [[1, 0]] };
  expect(call("average-pool", { V }, { ...attributes, divisor: "valid" }).values).toEqual([2, 3, 5]);
  expect(() => call("average-pool", { V }, { ...attributes, divisor: "padded" })).toThrow(unsupported);
});

test("what the engine does not have is unsupported", () => {
  const V = tensor([1, 4, 4], Array<number>(16).fill(1));
  const K = tensor([4, 2, 1], Array<number>(8).fill(1));
  expect(backend.operators.convolve).toBeUndefined();
  expect(() => call("correlate", { V, K }, { groups: 2 })).toThrow(unsupported);
  expect(() => call("max-pool", { V }, { window: [2], stride: [2], dilation: [2] })).toThrow(unsupported);
  expect(() => call("max-pool", { V }, { window: [2], stride: [3], rounding: "strict" })).toThrow(unsupported);
});

test("what cannot be said to the engine is refused", () => {
  const inputs = { V: tensor([1, 1, 4], [1, 2, 3, 4]), K: tensor([1, 1, 2], [1, 1]) };
  for (const bad of [
    { stride: [0] },
    { stride: [1, 1] },
    { dilation: [-1] },
    { padding: "reflect" },
    { padding: [] },
    { rounding: "nearest" },
    { groups: 0 },
  ])
    expect(() => call("correlate", inputs, bad)).toThrow();
  expect(call("correlate", inputs).values).toEqual([3, 5, 7]);
});

test("what the engine gets wrong is left wrong", () => {
  const V = tensor([1, 1, 1, 1, 3], [1, 2, 3]);
  const shifted = call("max-pool", { V }, { window: [1, 1, 1], stride: [1, 1, 3], padding: "same" });
  expect(shifted.values).toEqual([2]);
  const ofZeros = call(
    "max-pool",
    { V: tensor([1, 1, 3], [-1, -2, -3]) },
    { window: [2], dilation: [2], padding: "same" },
  );
  expect(ofZeros.values).toEqual([0, -1, 0]);
});
