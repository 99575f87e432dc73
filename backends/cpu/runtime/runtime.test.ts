import { afterEach, describe, expect, it } from "vitest";
import { nodeThreads } from "../threads/node.ts";
import { br, f32, forRange, func, i32, loop, type WasmFunction, when } from "../wasm/index.ts";
import { Runtime, type RuntimeOptions } from "./runtime.ts";
import type { Scope } from "./scope.ts";

const started: Runtime[] = [];
afterEach(async () => {
  for (const runtime of started.splice(0)) await runtime.close();
});

const runtime = (options: Partial<RuntimeOptions> = {}): Runtime => {
  const made = new Runtime(nodeThreads(), {
    threads: 3,
    shared: true,
    relaxed: false,
    algorithm: "auto",
    winogradFrom: undefined,
    debug: true,
    resident: false,
    memoryLimit: 64 << 20,
    kernelLimit: 256,
    spins: 0,
    patience: 10_000,
    ...options,
  });
  started.push(made);
  return made;
};

/** Adds one to the count of every item that is asked for, after some work, and notes the thread behind the counts. */
const count: WasmFunction = func(
  "count",
  { first: "i32", past: "i32", thread: "i32", counts: "i32", items: "i32" },
  ({ first, past, thread, counts, items }, local) => {
    const [item, place, work] = [local("i32"), local("i32"), local("i32")];
    return forRange(item, first, past, 1, [
      forRange(work, 0, 20_000, 1, []),
      place.set(i32.add(counts, i32.shl(item, 2))),
      i32.store(place, i32.add(i32.load(place), 1)),
      place.set(i32.add(counts, i32.shl(i32.add(items, thread), 2))),
      i32.store(place, 1),
    ]);
  },
);

const counted = (scope: Scope, items: number, grain: number): { counts: number[]; threads: number[] } => {
  const counts = scope.table(new Int32Array(items + 3));
  scope.run(
    scope.kernel("count", () => [count]),
    "count",
    { items, grain },
    counts,
    items,
  );
  const words = [...scope.words(counts, items + 3)];
  return { counts: words.slice(0, items), threads: words.slice(items) };
};

describe("the runtime", () => {
  it("does every item once, whatever the items and how many are taken at a time", () => {
    for (const debug of [true, false]) {
      const own = runtime({ debug });
      for (const items of [0, 1, 2, 3, 7, 64, 501])
        for (const grain of [1, 2, 5, 1000]) {
          const { counts } = own.call((scope) => counted(scope, items, grain));
          expect(counts).toEqual(new Array(items).fill(1));
        }
    }
  });

  it("lets every thread take part", () => {
    const own = runtime();
    const seen = [0, 0, 0];
    for (let call = 0; call < 100 && seen.includes(0); call++)
      own
        .call((scope) => counted(scope, 300, 1))
        .threads.forEach((there, thread) => {
          seen[thread] += there;
        });
    expect(seen.every((times) => times > 0)).toBe(true);
  });

  it("says what trapped, on whichever thread, and works on", () => {
    const own = runtime();
    const trap = func(
      "trap",
      { first: "i32", past: "i32", thread: "i32", whose: "i32" },
      ({ thread, whose }, local) => [
        forRange(local("i32"), 0, 200_000, 1, []),
        when(i32.eq(thread, whose), f32.store(-4, f32.const(1))),
      ],
    );
    const go = (whose: number) => (scope: Scope) =>
      scope.run(
        scope.kernel("trap", () => [trap]),
        "trap",
        { items: 1000, grain: 1 },
        whose,
      );
    for (const whose of [0, 1, 2]) {
      expect(() => {
        for (let call = 0; call < 100; call++) own.call(go(whose));
      }).toThrow("memory access out of bounds");
      expect(own.call((scope) => counted(scope, 50, 1)).counts).toEqual(new Array(50).fill(1));
    }
    expect(own.usage().blocks).toBe(0);
  });

  it("makes a call again on a new memory when a worker does not come back", () => {
    const own = runtime({ patience: 200 });
    const stuck = func("stuck", { first: "i32", past: "i32", thread: "i32" }, ({ thread }, local) => [
      forRange(local("i32"), 0, 200_000, 1, []),
      when(
        thread,
        loop((again) => br(again)),
      ),
    ]);
    let tries = 0;
    const { counts } = own.call((scope) => {
      if (++tries === 1)
        for (let call = 0; call < 1000; call++)
          scope.run(
            scope.kernel("stuck", () => [stuck]),
            "stuck",
            { items: 100, grain: 1 },
          );
      return counted(scope, 50, 1);
    });
    expect(tries).toBe(2);
    expect(counts).toEqual(new Array(50).fill(1));
  });

  it("notices a kernel that writes beside its block, in debug mode", () => {
    const own = runtime();
    const beside = func("beside", { first: "i32", past: "i32", thread: "i32", block: "i32" }, ({ block }) =>
      i32.store(block, 1, 64),
    );
    expect(() =>
      own.call((scope) =>
        scope.run(
          scope.kernel("beside", () => [beside]),
          "beside",
          { items: 1, grain: 1 },
          scope.workspace(64),
        ),
      ),
    ).toThrow("a kernel wrote beside the block at");
    expect(own.call((scope) => counted(scope, 5, 1)).counts).toEqual([1, 1, 1, 1, 1]);
  });

  it("keeps a bounded number of kernels, and threads use the one that was asked for", () => {
    const own = runtime({ kernelLimit: 3 });
    const setTo = (value: number): WasmFunction =>
      func("set", { first: "i32", past: "i32", thread: "i32", to: "i32" }, ({ first, past, to }, local) => {
        const item = local("i32");
        return forRange(item, first, past, 1, [
          forRange(local("i32"), 0, 5000, 1, []),
          i32.store(i32.add(to, i32.shl(item, 2)), value),
        ]);
      });
    for (const value of [1, 2, 3, 4, 1, 5, 2, 4, 4, 6, 1, 3]) {
      const words = own.call((scope) => {
        const to = scope.workspace(400);
        scope.run(
          scope.kernel(`set ${value}`, () => [setTo(value)]),
          "set",
          { items: 100, grain: 1 },
          to,
        );
        return [...scope.words(to, 100)];
      });
      expect(words).toEqual(new Array(100).fill(value));
      expect(own.usage().kernels).toBeLessThanOrEqual(3);
    }
  });

  it("frees everything after a call, and grows no further for calls that fit", () => {
    const own = runtime({ debug: false });
    const bytes = [3, 1, 2].map((size) => {
      own.call((scope) => scope.workspace(size << 20));
      return own.usage().bytes;
    });
    expect(bytes[1]).toBe(bytes[0]);
    expect(bytes[2]).toBe(bytes[0]);
    expect(own.usage().blocks).toBe(0);
  });

  it("says so after it is closed", async () => {
    const own = runtime();
    own.call((scope) => counted(scope, 5, 1));
    await own.close();
    expect(() => own.call((scope) => counted(scope, 5, 1))).toThrow("the backend is closed");
  });
});
