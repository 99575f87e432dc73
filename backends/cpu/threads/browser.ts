import type { Start, Thread, Threads } from "./spawn.ts";

/** Module workers of a browser; undefined where there are none. */
export function browserThreads(): Threads | undefined {
  if (typeof Worker === "undefined") return undefined;
  const start = (told: Start): Thread => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    const thread = {
      ended: false,
      terminate: async () => {
        worker.terminate();
        thread.ended = true;
      },
    };
    worker.addEventListener("error", () => {
      thread.ended = true;
    });
    worker.postMessage(told);
    return thread;
  };
  // A page's own thread is the one that has a document.
  const maySleep = typeof document === "undefined";
  return { start, available: navigator.hardwareConcurrency, maySleep, startsWhileBusy: false };
}
