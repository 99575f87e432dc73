import { afterAll, describe, expect, test } from "vitest";
import { type Tensor, UnsupportedError } from "../../spec/index.ts";
import { DeviceError } from "./device/errors.ts";
import { execute } from "./device/execute.ts";
import { Recording, type Step } from "./device/recording.ts";
import { createWebGpu } from "./webgpu.ts";

const gpu = await createWebGpu();
const guarded = await createWebGpu({ debug: true });
afterAll(async () => {
  await gpu.close();
  await guarded.close();
});

const { relu, "correlate-transpose": correlateTranspose } = gpu.backend.operators;

const vector = (...values: number[]): Tensor => ({
  dtype: "f32",
  shape: [values.length],
  data: Float32Array.from(values),
});

const positivePart = async (...values: number[]) => [...((await relu?.({ V: vector(...values) }, {}))?.Z.data ?? [])];

/** The session behind a backend: that of any of its tensors. */
const sessionOf = async ({ upload }: typeof gpu) => (await upload(vector(0))).session;

test("the backend says which adapter it runs on", () => {
  expect(gpu.backend.description).toMatch(/.+, Dawn of webgpu \d+\.\d+/);
});

test("inputs in memory that threads share are taken", async () => {
  const data = new Float32Array(new SharedArrayBuffer(8));
  data.set([-1, 2]);
  const Z = (await relu?.({ V: { dtype: "f32", shape: [2], data } }, {}))?.Z;
  expect([...(Z?.data ?? [])]).toEqual([0, 2]);
});

test("inputs may be changed as soon as the call is made", async () => {
  const V = vector(-1, 2, 3);
  const result = relu?.({ V }, {});
  V.data.fill(9);
  expect([...((await result)?.Z.data ?? [])]).toEqual([0, 2, 3]);
});

describe("a kernel is compiled once for what tells it apart", () => {
  test("the same constants give the same pipeline, others another one", async () => {
    const { pipelines } = await sessionOf(gpu);
    const compiled = (W: number, flipped: boolean) => pipelines.get("slide-rows", { stored: "f32" }, { W, flipped });
    expect(await compiled(64, false)).toBe(await compiled(64, false));
    expect(await compiled(64, false)).not.toBe(await compiled(64, true));
    expect(await compiled(64, false)).not.toBe(await compiled(32, false));
  });

  test("what does not compile is an error that names the kernel, and is tried again", async () => {
    const { pipelines } = await sessionOf(gpu);
    const tooLarge = () => pipelines.get("relu", { stored: "f32" }, { W: 2 ** 20 });
    await expect(tooLarge()).rejects.toThrow(/^kernel relu does not compile: /);
    await expect(tooLarge()).rejects.toThrow(DeviceError);
    expect(await positivePart(-3, 4)).toEqual([0, 4]);
  });
});

describe("what goes wrong on the device is an error, and the next call works", () => {
  test("a lost device is opened again", async () => {
    const V = await gpu.upload(vector(1, -2));
    V.session.device.destroy();
    await V.session.device.lost;
    expect(await positivePart(5, -6)).toEqual([5, 0]);
    await expect(gpu.run("relu", { V })).rejects.toThrow("a tensor was on a device that was lost: upload it again");
  });

  test("a device that is lost during a call fails it", async () => {
    const { device } = await sessionOf(gpu);
    const result = positivePart(1);
    device.destroy();
    await expect(result).rejects.toThrow(/^the device was lost \(.+\); the next call opens it again$/);
    expect(await positivePart(-1, 1)).toEqual([0, 1]);
  });

  test("calls that find it lost at the same time open it once", async () => {
    const { device } = await sessionOf(gpu);
    device.destroy();
    await device.lost;
    const [a, b] = await Promise.all([gpu.upload(vector(1)), gpu.upload(vector(2))]);
    expect(a.session).toBe(b.session);
  });

  test("a buffer larger than the adapter binds is not supported", async () => {
    const { maxStorageBufferBindingSize } = (await sessionOf(gpu)).device.limits;
    const call = transposed(maxStorageBufferBindingSize / 4);
    await expect(call).rejects.toThrow(UnsupportedError);
    await expect(call).rejects.toThrow(`this adapter binds at most ${maxStorageBufferBindingSize}`);
  });

  test.runIf(gpu.backend.description?.includes("SwiftShader"))(
    "a buffer it has no room for is said to be",
    async () => {
      const { maxStorageBufferBindingSize } = (await sessionOf(gpu)).device.limits;
      await expect(transposed(maxStorageBufferBindingSize / 4 - 2)).rejects.toThrow(
        /^the device is out of memory making/,
      );
      expect(await positivePart(-1, 1)).toEqual([0, 1]);
    },
  );

  test("a call that the device refuses is an error with its reason", async () => {
    const session = await sessionOf(gpu);
    const V = session.upload(vector(1));
    await expect(
      run(gpu, { kernel: "relu", buffers: { V, Z: V }, uniforms: { size: 1 }, invocations: 1 }),
    ).rejects.toThrow(/^the device refused a call: /);
    expect(await positivePart(-1, 1)).toEqual([0, 1]);
  });
});

/** A small call with a result of so many elements and one. */
const transposed = async (stride: number) => {
  const cells: Tensor = { dtype: "f32", shape: [1, 1, 2], data: Float32Array.of(1, 2) };
  const one: Tensor = { dtype: "f32", shape: [1, 1, 1], data: Float32Array.of(1) };
  const attributes = { stride: [stride], dilation: [1], padding: [[0, 0]] as const, outputPadding: [0], groups: 1 };
  return correlateTranspose?.({ V: cells, K: one }, attributes);
};

/** Runs one kernel as it is told, whatever its buffers hold. */
const run = async (on: typeof gpu, step: Step) => {
  const recording = new Recording(await sessionOf(on), "f32");
  recording.run(step);
  return execute(recording, [step.buffers.Z]);
};

describe("a debug session", () => {
  test("notices a kernel that writes past the end of a buffer", async () => {
    const session = await sessionOf(guarded);
    const [V, Z] = [session.upload(vector(1, 2, 3, 4)), session.tensor("f32", [3])];
    const within = (size: number): Step => ({ kernel: "relu", buffers: { V, Z }, uniforms: { size }, invocations: 4 });
    await expect(run(guarded, within(4))).rejects.toThrow("a kernel wrote past the end of a buffer: relu");
    const [bytes] = await run(guarded, { ...within(3), buffers: { V, Z: session.tensor("f32", [3]) } });
    expect([...new Float32Array(bytes)]).toEqual([1, 2, 3]);
  });

  test("fills buffers with NaN: an element that no kernel writes is one", async () => {
    const session = await sessionOf(guarded);
    const [V, Z] = [session.upload(vector(1, 2, 3)), session.tensor("f32", [3])];
    const [bytes] = await run(guarded, { kernel: "relu", buffers: { V, Z }, uniforms: { size: 2 }, invocations: 3 });
    expect([...new Float32Array(bytes)]).toEqual([1, 2, Number.NaN]);
  });

  test("splits what a dispatch would hold", async () => {
    const values = Array.from({ length: 2000 }, (_, at) => at - 1000);
    const Z = (await guarded.backend.operators.relu?.({ V: vector(...values) }, {}))?.Z;
    expect([...(Z?.data ?? [])]).toEqual(values.map((value) => Math.max(value, 0)));
  });
});

test("NaN stays NaN whatever its sign, as what processors make of ∞ − ∞ has one", async () => {
  const data = new Float32Array(Uint32Array.of(0xffc0_0000, 0x7fc0_0000, 0xff80_0000).buffer);
  const Z = (await relu?.({ V: { dtype: "f32", shape: [3], data } }, {}))?.Z;
  expect([...(Z?.data ?? [])]).toEqual([Number.NaN, Number.NaN, 0]);
});

test.each([
  ["wide", 1],
  ["quads of", 2],
  ["narrow", 3],
])(
  "a weight that is not finite is no term where it meets padding, in %s tiles of several channels too",
  async (_, N) => {
    const infinite = Number.POSITIVE_INFINITY;
    const V: Tensor = { dtype: "f32", shape: [N, 1, 6], data: new Float32Array(6 * N).fill(1) };
    const K: Tensor = { dtype: "f32", shape: [2, 1, 3], data: Float32Array.of(infinite, 1, 1, 1, 1, infinite) };
    const attributes = { stride: [1], dilation: [1], padding: "same", rounding: "floor", groups: 1 } as const;
    const Z = (await guarded.backend.operators.correlate?.({ V, K }, attributes))?.Z;
    const most = Array<number>(5).fill(infinite);
    const sample = [2, ...most, ...most, 2];
    expect([...(Z?.data ?? [])]).toEqual(Array.from({ length: N }, () => sample).flat());
  },
);

test.each([
  ["wide", 1, 23],
  ["quads of", 2, 23],
  ["quads and one more of", 2, 25],
  ["quads and two more of", 2, 27],
  ["narrow", 3, 23],
])("channels and positions that fill no whole number of %s tiles are all there", async (_, N, X) => {
  const [groups, O, C, R, begin] = [2, 39, 3, 4, 2];
  const P = X + 3 - R + 1;
  const integers = (size: number, step: number) =>
    Float32Array.from({ length: size }, (_, at) => ((at * step) % 11) - 5);
  const V: Tensor = { dtype: "f32", shape: [N, groups * C, X], data: integers(N * groups * C * X, 7) };
  const K: Tensor = { dtype: "f32", shape: [groups * O, C, R], data: integers(groups * O * C * R, 5) };
  const b: Tensor = { dtype: "f32", shape: [groups * O], data: integers(groups * O, 3) };
  const attributes = { stride: [1], dilation: [1], padding: [[begin, 1]] as const, rounding: "floor", groups } as const;
  const sum = (n: number, o: number, p: number) => {
    let z = b.data[o];
    for (let c = 0; c < C; c++)
      for (let k = 0; k < R; k++) {
        const x = p + k - begin;
        const channel = Math.floor(o / O) * C + c;
        if (x >= 0 && x < X) z += V.data[(n * groups * C + channel) * X + x] * K.data[(o * C + c) * R + k];
      }
    return z;
  };
  const expected = Float32Array.from({ length: N * groups * O * P }, (_, at) =>
    sum(Math.floor(at / P / O / groups), Math.floor(at / P) % (groups * O), at % P),
  );
  expect((await guarded.backend.operators.correlate?.({ V, K, b }, attributes))?.Z.data).toEqual(expected);
});

test("with stride 1 an input gradient whose padding is wider than the kernel is the correlation it should be", async () => {
  const G: Tensor = { dtype: "f32", shape: [1, 1, 4], data: Float32Array.of(1, 2, 3, 4) };
  const K: Tensor = { dtype: "f32", shape: [1, 1, 2], data: Float32Array.of(10, 1) };
  const attributes = { stride: [1], dilation: [1], padding: [[3, 0]] as const, rounding: "floor", groups: 1 } as const;
  const dV = (await gpu.backend.operators["correlate-input-gradient"]?.({ G, K }, { ...attributes, input: [2] }))?.dV;
  expect([...(dV?.data ?? [])]).toEqual([43, 4]);
});

describe("rows longer than the positions of one invocation", () => {
  const row = (data: readonly number[]): Tensor => ({
    dtype: "f32",
    shape: [1, 1, data.length],
    data: Float32Array.from(data),
  });
  const correlated = async (V: readonly number[], K: readonly number[], step: number, pad: number) => {
    const attributes = {
      stride: [step],
      dilation: [step],
      padding: [[pad, pad]] as const,
      rounding: "floor",
      groups: 1,
    } as const;
    return [...((await guarded.backend.operators.correlate?.({ V: row(V), K: row(K) }, attributes))?.Z.data ?? [])];
  };

  test("positions two apart, as taps are, meet every other cell", async () => {
    const V = Array.from({ length: 41 }, (_, at) => (at * at) % 31);
    const expected = Array.from({ length: 19 }, (_, p) => V[2 * p] + 10 * V[2 * p + 2] + 100 * V[2 * p + 4]);
    expect(await correlated(V, [1, 10, 100], 2, 0)).toEqual(expected);
  });

  test("a weight that is not finite is no term where the last positions meet padding", async () => {
    const infinite = Number.POSITIVE_INFINITY;
    expect(await correlated(Array(7).fill(1), [1, 1, infinite], 1, 1)).toEqual([...Array(6).fill(infinite), 2]);
    expect(await correlated(Array(3).fill(1), [1, 1, infinite], 1, 1)).toEqual([infinite, infinite, 2]);
  });
});

describe("the gradient of a kernel of a single channel, in tiles of taps", () => {
  const image = (H: number, W: number, element: (y: number, x: number) => number): Tensor => ({
    dtype: "f32",
    shape: [1, 1, H, W],
    data: Float32Array.from({ length: H * W }, (_, at) => element(Math.floor(at / W), at % W)),
  });
  const gradient = async (G: Tensor, V: Tensor, kernel: readonly number[], below: number, on = guarded) => {
    const padding = [
      [0, below],
      [0, 0],
    ] as const;
    const attributes = { stride: [1, 1], dilation: [1, 1], padding, rounding: "floor", groups: 1, kernel } as const;
    return [...((await on.backend.operators["correlate-kernel-gradient"]?.({ G, V }, attributes))?.dK.data ?? [])];
  };

  test("a kernel that is no multiple of a tile has every tap, and no other", async () => {
    const g = (p: number, q: number) => 1 + 3 * p + q;
    const v = (y: number, x: number) => (5 * y + 7 * x) % 11;
    const taps = Array.from({ length: 5 * 6 }, (_, tap) => [Math.floor(tap / 6), tap % 6]);
    const positions = Array.from({ length: 2 * 3 }, (_, at) => [Math.floor(at / 3), at % 3]);
    const expected = taps.map(([k, l]) => positions.reduce((sum, [p, q]) => sum + g(p, q) * v(p + k, q + l), 0));
    expect(await gradient(image(2, 3, g), image(6, 8, v), [5, 6], 0)).toEqual(expected);
  });

  test("an error that is not finite is no term where a row of taps meets padding", async () => {
    const infinite = Number.POSITIVE_INFINITY;
    const G = image(2, 2, (p) => (p === 1 ? infinite : 1));
    expect(
      await gradient(
        G,
        image(2, 2, () => 1),
        [2, 1],
        1,
      ),
    ).toEqual([infinite, 2]);
  });

  test("rows longer than the positions that are taken at a time are summed to their end", async () => {
    const g = (p: number, q: number) => 1 + ((3 * p + 5 * q) % 7);
    const v = (y: number, x: number) => (5 * y + 7 * x) % 11;
    const [P, Q, H] = [3, 11, 4];
    const expected = Array.from({ length: 4 * 3 }, (_, tap) => {
      let sum = 0;
      // The last tap rows meet padding below.
      for (let p = 0; p < P && p + Math.floor(tap / 3) < H; p++)
        for (let q = 0; q < Q; q++) sum += g(p, q) * v(p + Math.floor(tap / 3), q + (tap % 3));
      return sum;
    });
    for (const on of [guarded, gpu])
      expect(await gradient(image(P, Q, g), image(H, Q + 2, v), [4, 3], 2, on)).toEqual(expected);
  });

  test("an error that is not finite is no term where it meets padding in a row of many positions", async () => {
    const infinite = Number.POSITIVE_INFINITY;
    for (const place of [0, 3, 4, 7]) {
      const G = image(2, 8, (p, q) => (p === 1 && q === place ? infinite : 1));
      expect(
        await gradient(
          G,
          image(2, 8, () => 1),
          [2, 1],
          1,
          gpu,
        ),
      ).toEqual([infinite, 8]);
    }
  });
});
