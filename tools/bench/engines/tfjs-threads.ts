import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Lets the WebAssembly backend of TensorFlow.js use threads in Node, by what it asks of its surroundings:
 * - it starts its workers from Blob URLs, which Node's workers cannot load: they are started from the same
 *   source, and load the module from its file;
 * - it uses half of the processors: it is told of twice as many as there should be threads.
 * The package itself is left as it is.
 * @returns a function that undoes both, for when the workers run
 */
export function allowThreads(threads: number): () => void {
  const workers = require("node:worker_threads") as { Worker: typeof import("node:worker_threads").Worker };
  const os = require("node:os") as { cpus: typeof import("node:os").cpus };
  const folder = "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd";
  const { wasmWorkerContents } = require(`${folder}.worker.js`) as { wasmWorkerContents: string };
  const source = wasmWorkerContents.replace(/\n/g, "\\n");
  const urlOrBlob = require.resolve(`${folder}.js`);
  const { Worker } = workers;
  const { cpus } = os;
  class FileWorker extends Worker {
    constructor() {
      super(source, { eval: true });
    }
    override postMessage(message: { readonly cmd?: string }, transfer?: readonly []): void {
      super.postMessage(message.cmd === "load" ? { ...message, urlOrBlob } : message, transfer);
    }
  }
  workers.Worker = FileWorker as unknown as typeof Worker;
  os.cpus = () => {
    const real = cpus();
    return Array.from({ length: 2 * threads }, (_, at) => real[at % real.length]);
  };
  return () => {
    workers.Worker = Worker;
    os.cpus = cpus;
  };
}
