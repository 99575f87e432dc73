import { afterAll, expect, test } from "vitest";
import { random, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import { createWebGpu } from "./webgpu.ts";

const gpu = await createWebGpu();
afterAll(() => gpu.close());

const source = random(1, "network");

const drawn = (shape: Shape): Tensor => ({
  dtype: "f32",
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, () => source.integer(-9, 9) / 8),
});

/** A convolution, its positive part, pooling, and a dense layer. */
async function forward(image: Tensor, kernel: Tensor, weights: Tensor): Promise<Tensor> {
  const [V, K, W] = await Promise.all([image, kernel, weights].map(gpu.upload));
  const { Z: maps } = await gpu.run("correlate", { V, K }, { padding: "same" });
  const { Z: positive } = await gpu.run("relu", { V: maps });
  const { Z: pooled } = await gpu.run("max-pool", { V: positive }, { window: [2, 2], stride: [2, 2] });
  const x = gpu.reshape(pooled, [pooled.shape[0], sizeOf(pooled.shape.slice(1))]);
  const { Z: scores } = await gpu.run("dense", { x, W });
  const result = await gpu.download(scores);
  gpu.free(V, K, W, maps, positive, pooled, scores);
  return result;
}

const [image, kernel, weights] = [drawn([2, 3, 8, 6]), drawn([4, 3, 3, 3]), drawn([5, 4 * 4 * 3])];

test("a network whose tensors stay on the device gives the bits of one that is read back after each layer", async () => {
  const { correlate, relu, "max-pool": maxPool, dense } = gpu.backend.operators;
  const window = { stride: [1, 1], dilation: [1, 1], rounding: "floor" } as const;
  const maps = await correlate?.({ V: image, K: kernel }, { ...window, padding: "same", groups: 1 });
  const positive = await relu?.({ V: maps?.Z as Tensor }, {});
  const pooling = { ...window, padding: "valid", window: [2, 2], stride: [2, 2] } as const;
  const pooled = await maxPool?.({ V: positive?.Z as Tensor }, pooling);
  const x = { ...(pooled?.Z as Tensor), shape: [2, 4 * 4 * 3] };
  const scores = await dense?.({ x, W: weights }, {});
  expect(await forward(image, kernel, weights)).toEqual(scores?.Z);
});

test("it is read back once", async () => {
  const { session } = await gpu.upload(image);
  const lend = session.pool.lend.bind(session.pool);
  const read: number[] = [];
  session.pool.lend = (purpose, bytes) => {
    if (purpose === "staging") read.push(bytes);
    return lend(purpose, bytes);
  };
  const scores = await forward(image, kernel, weights);
  expect(read).toEqual([scores.data.byteLength]);
});

test("a tensor keeps its size under another shape", async () => {
  const V = await gpu.upload(image);
  expect(() => gpu.reshape(V, [2, 3])).toThrow("[2,3] must have as many elements as [2,3,8,6]");
});
