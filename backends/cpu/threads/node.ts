import { bundled } from "../../bundled.ts";
import type { Start, Thread, Threads } from "./spawn.ts";

type Process = typeof globalThis.process;

/** Worker threads of Node; undefined where there is no Node. Nothing of Node is imported, so that browsers can load this. */
export function nodeThreads(): Threads | undefined {
  const { process } = globalThis as { process?: Process };
  if (process?.versions?.node === undefined || process.getBuiltinModule === undefined) return undefined;
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const { availableParallelism } = process.getBuiltinModule("node:os");

  let script: string | URL | undefined;
  const worker = (): string | URL => {
    if (!import.meta.url.endsWith(".ts")) return new URL("./worker.js", import.meta.url);
    return bundled(new URL("./worker.ts", import.meta.url));
  };

  const start = (workerData: Start): Thread => {
    script ??= worker();
    const started = new Worker(script, { workerData, eval: typeof script === "string", execArgv: [] });
    const thread = { ended: false, terminate: async () => void (await started.terminate()) };
    const end = () => {
      thread.ended = true;
    };
    started.once("exit", end).once("error", end).unref();
    return thread;
  };
  return { start, available: availableParallelism(), maySleep: true, startsWhileBusy: true };
}
