/** A thread that takes its share of the work of an engine of limits: multiply-and-add rounds, or a copy. */
import { parentPort, workerData } from "node:worker_threads";
import { type Share, type Signal, work } from "./limits-work.ts";

const { signal, share } = workerData as { readonly signal: Signal; readonly share: Share };
const state = new Int32Array(signal);
const run = await work(share);
parentPort?.postMessage("ready");
for (let turn = 0; ; ) {
  Atomics.wait(state, 0, turn);
  turn = Atomics.load(state, 0);
  if (turn < 0) break;
  run();
  Atomics.add(state, 1, 1);
  Atomics.notify(state, 1);
}
