import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { UnsupportedError } from "../../../spec/index.ts";
import type { Cell } from "../cell.ts";
import { operationsPerRound } from "../peak.ts";
import type { Engine, Prepared } from "./engine.ts";
import { type Share, type Signal, work } from "./limits-work.ts";

// Node 20 does not hand the loader of TypeScript on to its workers.
const source = `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))})
  .then(({ register }) => { register(); return import(${JSON.stringify(new URL("./limits-worker.ts", import.meta.url).href)}); })`;

/** One share of the work for each thread, all started together; this thread takes one. */
async function together(share: Share, threads: number): Promise<Prepared> {
  const signal: Signal = new SharedArrayBuffer(8);
  const state = new Int32Array(signal);
  const workers = Array.from(
    { length: threads - 1 },
    () => new Worker(source, { eval: true, workerData: { signal, share } }),
  );
  await Promise.all(workers.map((worker) => once(worker, "message")));
  const run = await work(share);
  let turn = 0;
  return {
    call: () => {
      Atomics.store(state, 1, 0);
      turn += 1;
      Atomics.store(state, 0, turn);
      Atomics.notify(state, 0);
      run();
      while (Atomics.load(state, 1) < workers.length);
    },
    output: () => new Float32Array(),
    release: () => {
      Atomics.store(state, 0, -1);
      Atomics.notify(state, 0);
    },
  };
}

/** As many multiplications and additions as the cell has, in registers: the least time that they can take. */
export const wasmPeak = (threads: number): Engine => ({
  ...{ version: "", threads },
  prepare: ({ limit, multiplies }: Cell) => {
    if (limit !== "multiply") throw new UnsupportedError("for cells that are limited by their multiplications");
    return together({ rounds: Math.ceil((2 * multiplies) / operationsPerRound / threads) }, threads);
  },
});

/** A copy that reads and writes as many bytes as the cell does. */
export const copy = (threads: number): Engine => ({
  ...{ version: "", threads },
  prepare: ({ limit, bytes }: Cell) => {
    if (limit !== "memory") throw new UnsupportedError("for cells that are limited by memory");
    return together({ floats: Math.ceil(bytes / 8 / threads) }, threads);
  },
});
