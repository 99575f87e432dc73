import type { Backend } from "../../spec/index.ts";
import { averagePool } from "./average-pool.ts";
import { convolve } from "./convolve.ts";
import { correlate } from "./correlate.ts";
import { maxPool } from "./max-pool.ts";

/** Plain loops over typed arrays, one thread, products summed in double precision. */
const cpu: Backend = {
  name: "cpu",
  version: "0.1.0",
  dtypes: ["f32", "f64"],
  declares: {
    algorithm: "direct",
    accumulation: "f64",
    operators: { "max-pool": { choices: { nan: "propagate", "signed-zero": "positive" } } },
  },
  operators: { correlate, convolve, "max-pool": maxPool, "average-pool": averagePool },
};

export default cpu;
