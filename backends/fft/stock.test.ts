import { afterAll, describe, expect, it } from "vitest";
import { random, type Tensor } from "../../spec/index.ts";
import { createFft } from "./create.ts";
import { carry } from "./engine/carry.ts";
import { Stock } from "./stock.ts";

const source = random(1, "backends/fft/stock");
const noise = (length: number): Float32Array =>
  Float32Array.from({ length }, () => source.integer(-(2 ** 20), 2 ** 20) / 2 ** 20);
const signal = (data: Float32Array): Tensor => ({ dtype: "f32", shape: [1, 1, data.length], data });
const attributes = { stride: [1], dilation: [1], padding: "same" as const, rounding: "floor" as const, groups: 1 };

describe("memory that is given back", () => {
  it("serves the next tensor of about its size, and no other meanwhile", () => {
    const stock = new Stock(false);
    const first = stock.take("f32", [1000]);
    const second = stock.take("f32", [1000]);
    expect(second.data.buffer).not.toBe(first.data.buffer);
    stock.free(first);
    expect(stock.take("f32", [2, 400]).data.buffer).toBe(first.data.buffer);
    stock.free(second);
    expect(stock.take("f32", [100_000]).data.buffer).not.toBe(second.data.buffer);
  });

  it("is taken once, though it is given twice", () => {
    const stock = new Stock(false);
    const tensor = stock.take("f64", [1000]);
    stock.free(tensor);
    stock.free(tensor);
    expect(stock.take("f64", [1000]).data.buffer).not.toBe(stock.take("f64", [1000]).data.buffer);
  });

  it("is not kept without bound", () => {
    const stock = new Stock(false);
    const tensors = Array.from({ length: 5 }, () => stock.take("f32", [2 ** 24]));
    for (const tensor of tensors) stock.free(tensor);
    // 64 MiB each, of which four may be kept: the first to be given back is not.
    const again = tensors.map(() => stock.take("f32", [2 ** 24]).data.buffer);
    expect(again).not.toContain(tensors[0].data.buffer);
    for (const { data } of tensors.slice(1)) expect(again).toContain(data.buffer);
  });
});

describe.each([1, 2])("a resident backend on %i threads", (threads) => {
  // Smallest blocks: every call is shared out, and rows begin at odd places.
  const resident = createFft({ threads, resident: true, blocks: "smallest" });
  const plain = createFft({ threads: 1, blocks: "smallest" });
  afterAll(() => Promise.all([resident.close(), plain.close()]));

  it("leaves the bits of plain arrays, in memory with other numbers in it too", async () => {
    const [V, K] = [signal(noise(9001)), signal(noise(257))];
    const stored = { V: resident.store(V), K: resident.store(K) };
    const expected = await plain.operators.correlate?.({ V, K }, attributes);
    for (let call = 0; call < 3; call++) {
      const got = await resident.operators.correlate?.(stored, attributes);
      expect([...(got?.Z.data ?? [])]).toEqual([...(expected?.Z.data ?? [])]);
      got?.Z.data.fill(Number.NaN);
      if (got) resident.free(got.Z);
    }
  });

  it("gives zeros for the weights of an empty batch, whatever the memory held", async () => {
    const spoiled = resident.store(signal(noise(5).fill(7)));
    resident.free(spoiled);
    const none = { dtype: "f32" as const, shape: [0, 1, 9], data: new Float32Array(0) };
    const got = await resident.operators["correlate-kernel-gradient"]?.(
      { V: none, G: none },
      { ...attributes, kernel: [5] },
    );
    expect([...(got?.dK.data ?? [])]).toEqual([0, 0, 0, 0, 0]);
  });
});

it("copies between shared memory and other memory from any place to any place", () => {
  const numbers = noise(64);
  const rooms = [() => new ArrayBuffer(256), () => new SharedArrayBuffer(256)];
  for (const from of rooms)
    for (const to of rooms)
      for (const [first, at, count] of [
        [0, 0, 64],
        [1, 0, 50],
        [0, 1, 50],
        [3, 5, 21],
        [2, 7, 1],
      ]) {
        const [a, b] = [new Float32Array(from()), new Float32Array(to())];
        a.set(numbers);
        carry(b, at, a, first, count);
        expect([...b]).toEqual([...b.keys()].map((x) => (x >= at && x < at + count ? numbers[first + x - at] : 0)));
      }
});
