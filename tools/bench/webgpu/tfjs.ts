import * as tf from "@tensorflow/tfjs";
import { UnsupportedError } from "../../../spec/index.ts";
import type { Engine } from "../engines/engine.ts";
import { prepareTfjs } from "../engines/tfjs-kernels.ts";
import "@tensorflow/tfjs-backend-webgpu";

/** What the backend lets out of itself. */
interface Backend {
  readonly queue: GPUQueue;
  readonly commandEncoder: GPUCommandEncoder | null;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** TensorFlow.js on WebGPU. */
export async function tfjsWebGpu(): Promise<Engine> {
  tf.enableProdMode();
  if (!(await tf.setBackend("webgpu"))) throw new UnsupportedError("TensorFlow.js finds no WebGPU");
  const backend = tf.backend() as unknown as Backend;
  return {
    version: tf.version.tfjs,
    threads: 1,
    prepare: (cell, inputs) => {
      const prepared = prepareTfjs(tf, cell, inputs);
      return {
        ...prepared,
        // Commands are gathered, and handed to the device some at a time.
        finish: () => {
          if (backend.commandEncoder) {
            backend.endComputePassEncoder();
            backend.submitQueue();
          }
          return backend.queue.onSubmittedWorkDone();
        },
        roundTrip: async () => {
          const once = prepareTfjs(tf, cell, inputs);
          once.call();
          await once.output();
          once.release?.();
        },
      };
    },
  };
}
