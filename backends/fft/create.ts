import {
  type Backend,
  check,
  convolve,
  convolveInputGradient,
  convolveKernelGradient,
  correlate,
  correlateInputGradient,
  correlateKernelGradient,
  correlateTranspose,
  type DType,
  type Tensor,
  UnsupportedError,
  zeros,
} from "../../spec/index.ts";
import { forward, inputGradient, kernelGradient, transposed } from "./problem.ts";
import { Runner, type RunnerOptions } from "./runner.ts";
import { Stock } from "./stock.ts";

export interface FftOptions extends RunnerOptions {
  /** Whether results lie in memory of the backend, which serves again once they are given to `free`. */
  readonly resident?: boolean;
}

/** The fft backend, and what it offers besides. */
export interface Fft extends Backend {
  /** A copy of a tensor in memory of the backend, where its threads see it: as an input it is not copied again. */
  store(tensor: Tensor): Tensor;
  /** Takes back the memory of a stored tensor or a resident result, which must not be used any more. */
  free(tensor: Tensor): void;
  withThreads(count: number): Fft;
  close(): Promise<void>;
}

/** What is transformed here: f32 and f64. */
function supported(dtype: DType): void {
  if (dtype === "f16") throw new UnsupportedError("f32 and f64 only");
}

/**
 * Convolution, cross-correlation, its transpose and their gradients through the frequency domain. What is remembered
 * between calls is only what would be made again: spectra of kernels with the same content, and tables.
 */
export function createFft(options: FftOptions = {}): Fft {
  const runner = new Runner(options);
  const stock = new Stock(runner.threads > 1);
  const make: typeof zeros = options.resident ? (dtype, shape) => stock.take(dtype, shape) : zeros;
  const local = options.accuracy === "local";
  return {
    name: local ? "fft-local" : "fft",
    dtypes: ["f32", "f64"],
    declares: { algorithm: local ? "direct" : "transform" },
    operators: {
      correlate: (inputs, attributes) => {
        check(correlate, { inputs, attributes });
        supported(inputs.V.dtype);
        return runner.run(...forward(inputs, attributes, false, make));
      },
      convolve: (inputs, attributes) => {
        check(convolve, { inputs, attributes });
        supported(inputs.V.dtype);
        return runner.run(...forward(inputs, attributes, true, make));
      },
      "correlate-transpose": (inputs, attributes) => {
        check(correlateTranspose, { inputs, attributes });
        supported(inputs.V.dtype);
        return runner.run(...transposed(inputs, attributes, make));
      },
      "correlate-input-gradient": (inputs, attributes) => {
        check(correlateInputGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...inputGradient(inputs, attributes, false, make));
      },
      "convolve-input-gradient": (inputs, attributes) => {
        check(convolveInputGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...inputGradient(inputs, attributes, true, make));
      },
      "correlate-kernel-gradient": (inputs, attributes) => {
        check(correlateKernelGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...kernelGradient(inputs, attributes, false, make));
      },
      "convolve-kernel-gradient": (inputs, attributes) => {
        check(convolveKernelGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...kernelGradient(inputs, attributes, true, make));
      },
    },
    store: (tensor) => stock.store(tensor),
    free: (tensor) => stock.free(tensor),
    withThreads: (threads) => createFft({ ...options, threads }),
    close: () => runner.close(),
  };
}
