import { createRequire } from "node:module";
import type { Tensor } from "@tensorflow/tfjs";
import { AbsentError, type Engine } from "./engine.ts";
import { prepareTfjs } from "./tfjs-kernels.ts";
import { allowThreads } from "./tfjs-threads.ts";

const require = createRequire(import.meta.url);

const required = <T>(name: string): T => {
  try {
    return require(name) as T;
  } catch (thrown) {
    if ((thrown as { code?: string }).code === "MODULE_NOT_FOUND")
      throw new AbsentError(`${name} is not installed: npm i ${name}`);
    throw thrown;
  }
};

export type Tf = typeof import("@tensorflow/tfjs");

// One instance of the engine for both packages: as modules they would be two, and the backend register with the other.
const loadTf = (): Tf => {
  const tf = required<Tf>("@tensorflow/tfjs");
  tf.enableProdMode();
  return tf;
};

/** The engine leaves an output uncomputed where it says something went wrong; what it says is kept for the reader. */
const engineOf = (tf: Tf, threads: number): Engine => ({
  version: tf.version.tfjs,
  threads,
  prepare: (cell, inputs) => prepareTfjs(tf, cell, inputs),
});

/** TensorFlow.js in WebAssembly with SIMD. */
export async function tfjsWasm(threads: number): Promise<Engine> {
  const undo = allowThreads(threads);
  const tf = loadTf();
  const wasm = required<typeof import("@tensorflow/tfjs-backend-wasm")>("@tensorflow/tfjs-backend-wasm");
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", true);
  wasm.setThreadsCount(threads);
  await tf.setBackend("wasm");
  undo();
  return engineOf(tf, wasm.getThreadsCount());
}

/** TensorFlow.js in plain JavaScript. */
export async function tfjsCpu(): Promise<Engine> {
  const tf = loadTf();
  await tf.setBackend("cpu");
  return engineOf(tf, 1);
}

export type { Tensor };
