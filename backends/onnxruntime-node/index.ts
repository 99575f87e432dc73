import { type Backend, type Implementation, UnsupportedError } from "../../spec/index.ts";
import { ort } from "./engine.ts";
import { run } from "./run.ts";
import { releaseSessions } from "./sessions.ts";
import { ceilModes, poolingWindow, slidingWindow, wordFor } from "./window.ts";

/** CORR-3…9: ONNX's Conv, which does not flip the kernel. */
const correlate: Implementation<"correlate"> = async ({ V, K, b }, attributes) => {
  if (wordFor(ceilModes, "rounding", attributes.rounding) === 1)
    throw new UnsupportedError("ONNX's Conv has no ceil rounding");
  const window = slidingWindow(V.shape.slice(2), K.shape.slice(2), attributes);
  return run("Conv", { ...window, group: attributes.groups }, b ? { V, K, b } : { V, K });
};

/** POOL-2: ONNX's MaxPool. */
const maxPool: Implementation<"max-pool"> = async ({ V }, attributes) =>
  run("MaxPool", poolingWindow(V.shape.slice(2), attributes), { V });

const divisors = { valid: 0, padded: 1 } as const;

/** POOL-3: ONNX's AveragePool. */
const averagePool: Implementation<"average-pool"> = async ({ V }, attributes) => {
  const count_include_pad = wordFor(divisors, "divisor", attributes.divisor);
  return run("AveragePool", { ...poolingWindow(V.shape.slice(2), attributes), count_include_pad }, { V });
};

/**
 * ONNX Runtime on the CPU, one thread: each call is a model of one node. There is no convolution in ONNX;
 * f64 is taken by MaxPool only. What the engine gets wrong is left wrong.
 */
const backend: Backend = {
  name: "onnxruntime-node",
  version: ort.env.versions.node,
  dtypes: ["f16", "f32", "f64"],
  // Where there is no f16 kernel, the engine computes in f32 and rounds the result once.
  declares: {
    algorithm: "direct",
    accumulation: "f32",
    operators: { "max-pool": { choices: { nan: "ignore" } } },
  },
  operators: { correlate, "max-pool": maxPool, "average-pool": averagePool },
  close: releaseSessions,
};

export default backend;
