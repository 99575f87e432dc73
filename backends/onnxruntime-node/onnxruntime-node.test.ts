import { afterAll, expect, test } from "vitest";
import { type DType, type OperatorName, operatorNamed, type Shape, type Tensor } from "../../spec/index.ts";
import backend from "./index.ts";

afterAll(() => backend.close?.());

const storage = { f16: Uint16Array, f32: Float32Array, f64: Float64Array } as const;

const tensor = (shape: Shape, values: readonly number[], dtype: DType = "f32"): Tensor => ({
  dtype,
  shape,
  data: new storage[dtype](values),
});

const call = async (operator: OperatorName, inputs: Readonly<Record<string, Tensor>>, attributes: object = {}) => {
  const implementation = backend.operators[operator] as (inputs: object, attributes: object) => Promise<{ Z: Tensor }>;
  const { Z } = await implementation(inputs, operatorNamed(operator).complete(inputs, attributes));
  return { shape: Z.shape, values: Array.from(Z.data) };
};

test("the kernel is not flipped", async () => {
  const Z = await call("correlate", { V: tensor([1, 1, 4], [1, 2, 4, 8]), K: tensor([1, 1, 2], [10, 1]) });
  expect(Z).toEqual({ shape: [1, 1, 3], values: [12, 24, 48] });
});

test("padding, stride and bias stand where they belong", async () => {
  const inputs = { V: tensor([1, 1, 1, 4], [1, 2, 3, 4]), K: tensor([1, 1, 1, 2], [10, 1]), b: tensor([1], [100]) };
  const Z = await call("correlate", inputs, {
    stride: [1, 2],
    padding: [
      [0, 0],
      [1, 0],
    ],
  });
  expect(Z).toEqual({ shape: [1, 1, 1, 2], values: [101, 123] });
});

test("groups do not mix, over three axes", async () => {
  const inputs = { V: tensor([1, 2, 1, 1, 2], [1, 2, 3, 4]), K: tensor([2, 1, 1, 1, 1], [10, 100]) };
  expect((await call("correlate", inputs, { groups: 2 })).values).toEqual([10, 20, 300, 400]);
});

test("an empty batch gives an empty batch", async () => {
  const Z = await call("correlate", { V: tensor([0, 1, 4], []), K: tensor([1, 1, 2], [10, 1]) });
  expect(Z).toEqual({ shape: [0, 1, 3], values: [] });
});

test("f16 is passed as bits", async () => {
  const inputs = { V: tensor([1, 1, 2], [0x3c00, 0x4000], "f16"), K: tensor([1, 1, 2], [0x3c00, 0x3c00], "f16") };
  expect((await call("correlate", inputs)).values).toEqual([0x4200]);
});

test("under ceil the last window overhangs", async () => {
  const V = tensor([1, 1, 5], [1, 5, 2, 4, 3], "f64");
  const Z = await call("max-pool", { V }, { window: [2], stride: [2], rounding: "ceil" });
  expect(Z).toEqual({ shape: [1, 1, 3], values: [5, 4, 3] });
});

test("the divisor counts the padding, or not", async () => {
  const V = tensor([1, 1, 3], [2, 4, 6]);
  const attributes = { window: [2], padding: [[1, 0]] };
  expect((await call("average-pool", { V }, { ...attributes, divisor: "valid" })).values).toEqual([2, 3, 5]);
  expect((await call("average-pool", { V }, { ...attributes, divisor: "padded" })).values).toEqual([1, 3, 5]);
});

test("what the engine does not have is unsupported", async () => {
  const V = tensor([1, 1, 4], [1, 2, 3, 4]);
  const K = tensor([1, 1, 1], [1]);
  const unsupported = expect.objectContaining({ name: "UnsupportedError" });
  expect(backend.operators.convolve).toBeUndefined();
  await expect(call("correlate", { V, K }, { rounding: "ceil" })).rejects.toEqual(unsupported);
  await expect(call("max-pool", { V }, { window: [2], stride: [3], rounding: "strict" })).rejects.toEqual(unsupported);
  const dilated = { window: [2], dilation: [2], padding: [[2, 0]] };
  await expect(call("max-pool", { V }, dilated)).rejects.toEqual(unsupported);
  const wide = { V: tensor([1, 1, 1], [1], "f64"), K: tensor([1, 1, 1], [1], "f64") };
  await expect(call("correlate", wide)).rejects.toEqual(unsupported);
});

test("bad attributes reach the engine, which refuses them and goes on", async () => {
  const inputs = { V: tensor([1, 1, 4], [1, 2, 3, 4]), K: tensor([1, 1, 2], [1, 1]) };
  for (const bad of [
    { stride: [0] },
    { stride: [1, 1] },
    { stride: [1.5] },
    { dilation: [-1] },
    { padding: [[-1, 0]] },
    { padding: "reflect" },
    { padding: [] },
    { rounding: "nearest" },
    { groups: 0 },
  ])
    await expect(call("correlate", inputs, bad)).rejects.toThrow();
  expect((await call("correlate", inputs)).values).toEqual([3, 5, 7]);
});

test("more models than are kept, all at once, give each its own result", async () => {
  const extents = Array.from({ length: 100 }, (_, at) => at + 1);
  const results = await Promise.all(
    extents.map((n) =>
      call(
        "max-pool",
        {
          V: tensor(
            [1, 1, n],
            Array.from({ length: n }, (_, at) => at),
          ),
        },
        { window: [n] },
      ),
    ),
  );
  expect(results.map(({ values }) => values)).toEqual(extents.map((n) => [n - 1]));
});

test("what the engine gets wrong is left wrong", async () => {
  const V = tensor([1, 1, 2], [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  expect((await call("max-pool", { V }, { window: [2] })).values).toEqual([-3.4028234663852886e38]);
});
