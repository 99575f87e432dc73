import type { Backend } from "../../spec/index.ts";
import { correlate } from "./correlate.ts";
import { tf } from "./engine.ts";
import { averagePool, maxPool } from "./pool.ts";

/**
 * TensorFlow.js on its plain JavaScript kernels. The engine keeps the channels last, so that tensors are
 * transposed on the way in and out. It has no convolution that flips the kernel. What it gets wrong is left wrong.
 */
const backend: Backend = {
  name: "tfjs",
  version: tf.version.tfjs,
  dtypes: ["f32"],
  declares: {
    algorithm: "direct",
    operators: {
      // A window is summed in a JavaScript number.
      "average-pool": { accumulation: "f64" },
      "max-pool": { choices: { nan: "ignore" } },
    },
  },
  operators: { correlate, "max-pool": maxPool, "average-pool": averagePool },
};

export default backend;
