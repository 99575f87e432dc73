import { describe, expect, it } from "vitest";
import { random } from "../../spec/index.ts";
import { createFft, type FftOptions } from "./create.ts";
import { slidingElement } from "./direct.ts";
import { planOf } from "./plan.ts";
import { forward, kernelGradient } from "./problem.ts";
import { slide } from "./sliding.ts";
import { Workshop } from "./workshop.ts";

const source = random(1, "backends/fft");
const noise = (length: number): Float32Array =>
  Float32Array.from({ length }, () => source.integer(-(2 ** 20), 2 ** 20) / 2 ** 20);

const signal = (data: Float32Array) => ({ dtype: "f32" as const, shape: [1, 1, data.length], data });
const same = {
  stride: [1],
  dilation: [1],
  padding: "same" as const,
  rounding: "floor" as const,
  groups: 1,
};

const correlate = async (options: FftOptions, V: Float32Array, K: Float32Array) => {
  const backend = createFft(options);
  try {
    const outputs = await backend.operators.correlate?.({ V: signal(V), K: signal(K) }, same);
    return outputs?.Z.data as Float32Array;
  } finally {
    await backend.close?.();
  }
};

/** The direct sums, in double precision. */
const direct = (V: Float32Array, K: Float32Array, places: readonly number[]): number[] => {
  const [problem] = forward({ V: signal(V), K: signal(K) }, same, false);
  return places.map((q) => slidingElement(problem, 0, 0, 0, [0, 0, q]));
};

describe("a long signal", () => {
  const V = noise(100_003);
  const K = noise(257);
  const places = Array.from({ length: 400 }, (_, at) => (at * 251) % V.length);

  it("is the same through many blocks as in direct sums, up to the error of a block", async () => {
    const got = await correlate({ threads: 1 }, V, K);
    const norms = Math.sqrt(K.reduce((sum, k) => sum + k * k, 0)) * Math.sqrt(V.reduce((sum, v) => sum + v * v, 0));
    for (const [at, exact] of direct(V, K, places).entries())
      expect(Math.abs(got[places[at]] - exact)).toBeLessThan(20 * 2 ** -24 * 17 * norms);
  });

  it("gives the same bits on three threads as the blocks of three threads give on one", async () => {
    const backend = createFft({ threads: 3, blocks: "smallest" });
    const alone = createFft({ threads: 1, blocks: "smallest" });
    const inputs = { V: signal(V.subarray(0, 9000)), K: signal(K) };
    const [together, one] = await Promise.all([backend, alone].map((some) => some.operators.correlate?.(inputs, same)));
    expect(together?.Z.data).toEqual(one?.Z.data);
    await Promise.all([backend.close?.(), alone.close?.()]);
  });

  it("has NaN and infinities only where they reach, with every other output as without them", async () => {
    const spoiled = V.slice();
    spoiled[5000] = Number.NaN;
    spoiled[70_000] = Number.POSITIVE_INFINITY;
    const got = await correlate({ threads: 1 }, spoiled, K);
    const reached = (q: number): boolean => [5000, 70_000].some((x) => Math.abs(q - x) <= 128);
    for (let q = 0; q < got.length; q++) expect(Number.isFinite(got[q])).toBe(!reached(q));
    const untouched = places.filter((q) => !reached(q));
    for (const [at, exact] of direct(V, K, untouched).entries())
      expect(Math.abs(got[untouched[at]] - exact)).toBeLessThan(1e-3);
  });

  it("takes no more memory when it is longer", async () => {
    const sizes = [];
    for (const length of [1 << 16, 1 << 18, 1 << 21]) {
      const workshop = await Workshop.create(false);
      const [problem] = forward({ V: signal(new Float32Array(length).fill(1)), K: signal(K) }, same, false);
      const plan = planOf(problem, "f32", 1);
      slide(workshop, problem, plan, { from: 0, to: plan.blocks });
      sizes.push(workshop.heap.size);
    }
    expect(new Set(sizes).size).toBe(1);
  });
});

describe("the spectra of a kernel", () => {
  it("are kept while its content is the same, and made anew when it was changed in place", async () => {
    const workshop = await Workshop.create(false);
    const [V, K] = [noise(500), noise(31)];
    const [problem] = forward({ V: signal(V), K: signal(K) }, same, false);
    const plan = planOf(problem, "f32", 1);
    const run = (of = problem) => slide(workshop, of, plan, { from: 0, to: plan.blocks });
    run();
    const { bytes } = workshop.cache;
    expect(bytes).toBeGreaterThan(0);
    run({ ...problem, B: { ...problem.B, data: K.slice() } });
    expect(workshop.cache.bytes).toBe(bytes);
    const before = problem.out.data.slice();
    K[3] += 1;
    run();
    expect(workshop.cache.bytes).toBe(2 * bytes);
    expect(problem.out.data).not.toEqual(before);
    expect(problem.out.data[250]).toBeCloseTo(slidingElement(problem, 0, 0, 0, [0, 0, 250]), 4);
  });

  it("are bounded in number", async () => {
    const workshop = await Workshop.create(false);
    const [V, K] = [noise(500), noise(31)];
    const [problem] = forward({ V: signal(V), K: signal(K) }, same, false);
    const plan = planOf(problem, "f32", 1);
    let most = 0;
    for (let step = 0; step < 300; step++) {
      K[0] = step;
      slide(workshop, problem, plan, { from: 0, to: plan.blocks });
      if (step === 0) most = 64 * workshop.cache.bytes;
    }
    expect(workshop.cache.bytes).toBeLessThanOrEqual(most);
  });
});

describe("accuracy", () => {
  // A loud beginning and a quiet end in one block: what is lost in the loud part's digits would drown the end.
  const V = Float32Array.from({ length: 400 }, (_, x) => (x < 100 ? 1e6 : 1e-6) * (1 + ((x * 37) % 11)));
  const K = Float32Array.from([0.3, -0.7, 0.9]);
  const quiet = [300, 310, 333, 390];
  const worst = (got: Float32Array): number =>
    Math.max(...direct(V, K, quiet).map((exact, at) => Math.abs(got[quiet[at]] - exact) / Math.abs(exact)));

  it("fast is relative to the norm of a block", async () => {
    expect(worst(await correlate({ threads: 1 }, V, K))).toBeGreaterThan(1);
  });

  it("local is that of each element", async () => {
    expect(worst(await correlate({ threads: 1, accuracy: "local" }, V, K))).toBeLessThan(2 ** -22);
  });

  it("holds for magnitudes whose products of spectra leave the format", async () => {
    for (const [v, k] of [
      [2 ** 100, 2 ** 20],
      [2 ** -100, 2 ** -20],
      [2 ** -140, 2 ** 100],
      [2 ** 120, 2 ** -140],
    ]) {
      const [large, small] = [noise(300).map((x) => x * v), noise(9).map((x) => x * k)];
      const got = await correlate({ threads: 1 }, large, small);
      for (const [q, exact] of direct(large, small, [...got.keys()]).entries())
        expect(Math.abs(got[q] - exact)).toBeLessThan(1e-5 * v * k * 17 + 2 ** -148);
    }
  });
});

describe("the plan", () => {
  const longSignal = (length: number, taps: number) =>
    forward({ V: signal(new Float32Array(length)), K: signal(new Float32Array(taps)) }, same, false)[0];

  it("cuts long signals into blocks whose length follows the kernel and not the signal", () => {
    const lengths = [1 << 18, 1 << 20, 1 << 22].map((length) => planOf(longSignal(length, 1024), "f32", 1).extents[2]);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1 << 15);
    expect(planOf(longSignal(1 << 20, 1 << 15), "f32", 1).extents[2]).toBeGreaterThan(1 << 15);
  });

  it("cuts so that every thread has a block", () => {
    const image = { dtype: "f32" as const, shape: [1, 1, 512, 512], data: new Float32Array(512 * 512) };
    const kernel = { dtype: "f32" as const, shape: [1, 1, 31, 31], data: new Float32Array(961) };
    const attributes = { ...same, stride: [1, 1], dilation: [1, 1] };
    const [problem] = forward({ V: image, K: kernel }, attributes, false);
    expect(planOf(problem, "f32", 2).blocks).toBeGreaterThanOrEqual(2);
    const [weights] = kernelGradient({ V: image, G: image }, { ...attributes, kernel: [31, 31] }, false);
    expect(planOf(weights, "f32", 2).blocks).toBeGreaterThanOrEqual(2);
  });
});

it("ends its threads when it is closed, and can be used again", async () => {
  const backend = createFft({ threads: 2, blocks: "smallest" });
  const inputs = { V: signal(noise(4000)), K: signal(noise(100)) };
  const first = await backend.operators.correlate?.(inputs, same);
  await backend.close?.();
  const again = await backend.operators.correlate?.(inputs, same);
  expect(again?.Z.data).toEqual(first?.Z.data);
  await backend.close?.();
});
