import { afterAll, expect, test } from "vitest";
import type { Backend, Tensor } from "../../../spec/index.ts";
import { createWebGpu } from "../webgpu.ts";
import { DeviceError } from "./errors.ts";

const gpu = await createWebGpu();
const { backend } = gpu;
afterAll(() => gpu.close());

const V: Tensor = { dtype: "f32", shape: [2, 2], data: Float32Array.of(1, -2, 3, -4) };

const relu = async (on: Backend = backend): Promise<number[]> => {
  const { Z } = (await on.operators.relu?.({ V }, {})) ?? {};
  return [...(Z?.data ?? [])];
};
const expected = [1, 0, 3, 0];

/** One cell, padded until its output takes so many bytes. */
const padded = async (bytes: number): Promise<unknown> => {
  const cell: Tensor = { dtype: "f32", shape: [1, 1, 1], data: Float32Array.of(1) };
  return backend.operators.correlate?.(
    { V: cell, K: cell },
    { stride: [1], dilation: [1], padding: [[0, bytes / 4 - 1]], rounding: "floor", groups: 1 },
  );
};

const trouble = (of: DeviceError["trouble"]) =>
  expect.objectContaining({ constructor: DeviceError, trouble: of }) as unknown;

const deviceOf = async (): Promise<GPUDevice> => {
  const stored = await gpu.upload(V);
  gpu.free(stored);
  return stored.session.device;
};

test("a backend says which adapter it runs on", () => {
  expect(backend.description).toMatch(/\S+.*, WebGPU of the browser$/);
});

test("a call whose device is lost meanwhile says so, and the next one works", async () => {
  const device = await deviceOf();
  const running = relu();
  device.destroy();
  await expect(running).rejects.toEqual(trouble("lost"));
  await expect(running).rejects.toThrow(/^the device was lost \(.+\); the next call opens it again$/);
  expect(await relu()).toEqual(expected);
  expect(await deviceOf()).not.toBe(device);
});

test("a device that was lost between calls is opened again, by the first of several", async () => {
  const device = await deviceOf();
  device.destroy();
  await device.lost;
  expect(await Promise.all([relu(), relu(), relu()])).toEqual([expected, expected, expected]);
});

test("a tensor on a device that was lost is refused", async () => {
  const stored = await gpu.upload(V);
  stored.session.device.destroy();
  await stored.session.device.lost;
  await expect(gpu.run("relu", { V: stored })).rejects.toThrow("upload it again");
  await expect(gpu.download(stored)).rejects.toEqual(trouble("lost"));
  expect(await relu()).toEqual(expected);
});

test("what the device refuses is an error of the next call, and of no later one", async () => {
  const device = await deviceOf();
  device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE });
  await device.queue.onSubmittedWorkDone();
  await expect(relu()).rejects.toEqual(trouble("validation"));
  expect(await relu()).toEqual(expected);
});

test("a result larger than the adapter binds is refused with its size", async () => {
  const { maxStorageBufferBindingSize: most } = (await deviceOf()).limits;
  await expect(padded(2 * most)).rejects.toThrow(`a buffer of ${2 * most} bytes; this adapter binds at most`);
  expect(await relu()).toEqual(expected);
});

test.skipIf(!backend.description?.includes("software"))(
  "a device that has no room left says so, and the next call works",
  async () => {
    // SwiftShader has no memory for the largest buffer that it says it can bind.
    const { maxStorageBufferBindingSize: most } = (await deviceOf()).limits;
    await expect(padded(most)).rejects.toEqual(trouble("out-of-memory"));
    await expect(padded(most)).rejects.toThrow(`the device is out of memory making a buffer of ${most} bytes`);
    expect(await relu()).toEqual(expected);
  },
);
