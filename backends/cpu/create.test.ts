import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { defaultWindow, type Tensor, zeros } from "../../spec/index.ts";
import { type Cpu, type CpuOptions, createCpu } from "./create.ts";
import plain from "./plain/index.ts";

const made: Cpu[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const cpu of made.splice(0)) await cpu.close();
});

const cpuWith = (options: CpuOptions): Cpu => {
  const cpu = createCpu(options);
  made.push(cpu);
  return cpu;
};

/** Small integers, so that any order of a sum gives the same bits. */
const tensor = (shape: readonly number[], seed = 1): Tensor => {
  const values = zeros("f32", shape);
  for (let at = 0; at < values.data.length; at++) values.data[at] = ((at * 7 + seed * 13) % 11) - 5;
  return values;
};

const layer = (seed: number) => ({
  x: tensor([1 + (seed % 5), 3 + (seed % 17)], seed),
  W: tensor([2 + (seed % 9), 3 + (seed % 17)], seed + 1),
  b: tensor([2 + (seed % 9)], seed + 2),
});

type Dense = NonNullable<Cpu["operators"]["dense"]>;
const dense = (cpu: Pick<Cpu, "operators">) => cpu.operators.dense as Dense;
const expected = (seed: number) => dense(plain)(layer(seed), {}) as { Z: Tensor };

const agrees = async (cpu: Cpu): Promise<void> => {
  for (const seed of [1, 2, 3]) expect(await dense(cpu)(layer(seed), {})).toEqual(expected(seed));
};

describe("the cpu backend", () => {
  it("says what it runs on", async () => {
    expect(cpuWith({ threads: 2, relaxed: true }).description).toBe("2 threads, Wasm SIMD with relaxed FMA");
    expect(cpuWith({ threads: 1, relaxed: false }).description).toBe("1 thread, Wasm SIMD");
  });

  it("refuses a number of threads that is none", () => {
    expect(() => createCpu({ threads: 0 })).toThrow("threads must be a positive integer, got 0");
    expect(() => createCpu({ threads: 1.5 })).toThrow("threads must be a positive integer, got 1.5");
  });

  it("runs on one thread where memory cannot be shared", async () => {
    const cpu = cpuWith({ threads: 4, sharedMemory: false });
    expect(cpu.description).toMatch(/^no SharedArrayBuffer: 1 thread/);
    expect(cpu.threads).toBe(1);
    await agrees(cpu);
    vi.stubGlobal("SharedArrayBuffer", undefined);
    const found = cpuWith({ threads: 4 });
    expect(found.description).toMatch(/^no SharedArrayBuffer: 1 thread/);
    await agrees(found);
  });

  it("runs plain loops where there are no vectors", async () => {
    const cpu = cpuWith({ simd: false });
    expect(cpu.description).toBe("no Wasm SIMD: plain loops, 1 thread");
    await agrees(cpu);
    vi.stubGlobal("WebAssembly", undefined);
    const found = cpuWith({});
    expect(found.description).toBe("no Wasm SIMD: plain loops, 1 thread");
    await agrees(found);
  });

  it("runs on one thread where there is one processor", async () => {
    const os = process.getBuiltinModule("node:os");
    const available = vi.spyOn(os, "availableParallelism").mockReturnValue(1);
    const cpu = cpuWith({});
    available.mockRestore();
    expect(cpu.threads).toBe(1);
    await agrees(cpu);
  });

  it("answers 64 calls at once, each its own", async () => {
    const cpu = cpuWith({ threads: 3, debug: true });
    const seeds = Array.from({ length: 64 }, (_, seed) => seed);
    const results = await Promise.all(seeds.map(async (seed) => dense(cpu)(layer(seed), {})));
    expect(results).toEqual(seeds.map(expected));
  });

  it("refuses a call that does not fit, with the figures, and answers the next", async () => {
    const cpu = cpuWith({ threads: 2, memoryLimit: 8 << 20 });
    const V = tensor([1, 1, 1500, 1500]);
    expect(() => cpu.operators.relu?.({ V }, {})).toThrow(
      /^the call does not fit: \d+\.\d MiB more than the \d+\.\d MiB in use, of at most 8\.0 MiB$/,
    );
    await agrees(cpu);
    expect(cpu.usage().blocks).toBe(0);
  });

  it("refuses a memory too small for anything", () => {
    expect(() => createCpu({ memoryLimit: 1 << 20 })).toThrow("memoryLimit must be at least 2 MiB, got 1048576 bytes");
  });

  it("goes on when its workers have been ended", async () => {
    const cpu = cpuWith({ threads: 3, debug: true });
    await agrees(cpu);
    const before = cpu.usage();
    expect(before.workers).toBe(2);
    for (let death = 0; death < 3; death++) {
      await cpu.endWorkers();
      expect(cpu.usage().workers).toBe(0);
      await agrees(cpu);
    }
    expect(cpu.usage()).toEqual(before);
  });

  it("takes stored tensors where they lie, and leaves results there when told to", async () => {
    const cpu = cpuWith({ threads: 2, resident: true, debug: true });
    const { x, W, b } = layer(5);
    const stored = { x: cpu.store(x), W: cpu.store(W), b };
    expect(stored.x.data).toEqual(x.data);
    const blocks = cpu.usage().blocks;
    const { Z } = await dense(cpu)(stored, {});
    expect(cpu.usage().blocks).toBe(blocks + 1);
    expect([...Z.data]).toEqual([...expected(5).Z.data]);
    stored.x.data.fill(0);
    const { Z: biases } = await dense(cpu)(stored, {});
    expect([...biases.data.subarray(0, b.data.length)]).toEqual([...b.data]);
    for (const tensor of [stored.x, stored.W, Z, biases, x]) cpu.free(tensor);
    expect(cpu.usage().blocks).toBe(0);
  });

  it("keeps kernels and memory bounded while shapes change", async () => {
    const cpu = cpuWith({ threads: 2, kernelLimit: 16 });
    const convolved = (extent: number) => ({
      inputs: { V: tensor([1, 2, extent, extent]) },
      attributes: { ...defaultWindow(2), window: [2, 2] },
    });
    const run = (extent: number) => {
      const { inputs, attributes } = convolved(extent);
      return cpu.operators["max-pool"]?.(inputs, attributes);
    };
    run(60);
    const { bytes } = cpu.usage();
    for (let extent = 59; extent > 2; extent--) {
      const { inputs, attributes } = convolved(extent);
      expect(await run(extent)).toEqual(plain.operators["max-pool"]?.(inputs, attributes));
      expect(cpu.usage()).toMatchObject({ bytes, blocks: 0, kernels: Math.min(16, 61 - extent) });
    }
  });

  it("lets the process end whether it is closed or not, and leaves no thread when closed", () => {
    const file = JSON.stringify(new URL("./create.ts", import.meta.url).href);
    const script = (end: string): string => `
      const { createCpu } = await import(${file});
      const threads = () => process.report.getReport().workers.length;
      const cpu = createCpu({ threads: 3, debug: true });
      const V = { dtype: "f32", shape: [1, 3, 40, 40], data: new Float32Array(4800).fill(-1) };
      cpu.operators.relu({ V }, {});
      cpu.operators.relu({ V }, {});
      const running = threads();
      ${end}
      console.log(running, threads());`;
    const run = (end: string): string =>
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script(end)], {
        cwd: fileURLToPath(new URL(".", import.meta.url)),
        encoding: "utf8",
        timeout: 30_000,
      });
    const [open, left] = run("").trim().split(" ").map(Number);
    expect(left).toBe(open);
    const [running, ended] = run("await cpu.close();").trim().split(" ").map(Number);
    expect(running - ended).toBe(2);
  });
});
