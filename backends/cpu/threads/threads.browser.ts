import { afterAll, beforeAll, expect, test } from "vitest";
import { CODE, CONTROL_SIZE, word } from "../runtime/control.ts";
import { Kernels } from "../runtime/kernels.ts";
import { Pool } from "../runtime/pool.ts";
import { forRange, func, i32 } from "../wasm/index.ts";
import { browserThreads } from "./browser.ts";
import type { Threads } from "./spawn.ts";

/** Writes, for every item, the number of the thread that took it, and takes its time. */
const noteThread = func(
  "noteThread",
  { first: "i32", past: "i32", thread: "i32", Z: "i32" },
  ({ first, past, thread, Z }, local) => {
    const [at, turn] = [local("i32"), local("i32")];
    return forRange(at, first, past, 1, [
      forRange(turn, 0, 100_000, 1, []),
      i32.store(i32.add(Z, i32.shl(at, 2)), thread),
    ]);
  },
);

const threads = browserThreads() as Threads;
const memory = new WebAssembly.Memory({ initial: CONTROL_SIZE / 65_536 + 1, maximum: 65_536, shared: true });
const words = new Int32Array(memory.buffer, 0, CODE / 4);
const kernel = new Kernels(memory, true).get("noteThread", () => [noteThread]);
const pool = new Pool(threads, { memory, count: 3, spins: 1000, patience: 10_000, waitForWorkers: false });
const items = 64;

const taken = (): Int32Array => {
  const Z = new Int32Array(memory.buffer, CONTROL_SIZE, items).fill(-1);
  pool.run(kernel, "noteThread", items, 1, [CONTROL_SIZE]);
  return Z;
};

beforeAll(() => {
  expect(crossOriginIsolated).toBe(true);
});
afterAll(() => pool.close());

test("a call does not wait for workers that cannot start while the page is busy", () => {
  expect([...taken()]).toEqual(Array.from({ length: items }, () => 0));
});

test("module workers start once the page is idle", async () => {
  await expect.poll(() => Atomics.load(words, word.READY), { timeout: 10_000 }).toBe(2);
});

test("every thread takes part, and every item is done once", async () => {
  const seen = new Set<number>();
  await expect
    .poll(
      () => {
        for (const thread of taken()) seen.add(thread);
        return [...seen].sort();
      },
      { timeout: 20_000 },
    )
    .toEqual([0, 1, 2]);
});

test("workers that are closed have ended, and nobody waits for them", async () => {
  await pool.close();
  expect([...taken()]).not.toContain(-1);
});
