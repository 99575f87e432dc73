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
  UnsupportedError,
} from "../../spec/index.ts";
import { forward, inputGradient, kernelGradient, transposed } from "./problem.ts";
import { Runner, type RunnerOptions } from "./runner.ts";

export interface FftOptions extends RunnerOptions {}

/** What is transformed here: f32 and f64. */
function supported(dtype: DType): void {
  if (dtype === "f16") throw new UnsupportedError("f32 and f64 only");
}

/**
 * Convolution, cross-correlation, its transpose and their gradients through the frequency domain. What is remembered
 * between calls is only what would be made again: spectra of kernels with the same content, and tables.
 */
export function createFft(options: FftOptions = {}): Backend {
  const runner = new Runner(options);
  const local = options.accuracy === "local";
  return {
    name: local ? "fft-local" : "fft",
    dtypes: ["f32", "f64"],
    declares: { algorithm: local ? "direct" : "transform" },
    operators: {
      correlate: (inputs, attributes) => {
        check(correlate, { inputs, attributes });
        supported(inputs.V.dtype);
        return runner.run(...forward(inputs, attributes, false));
      },
      convolve: (inputs, attributes) => {
        check(convolve, { inputs, attributes });
        supported(inputs.V.dtype);
        return runner.run(...forward(inputs, attributes, true));
      },
      "correlate-transpose": (inputs, attributes) => {
        check(correlateTranspose, { inputs, attributes });
        supported(inputs.V.dtype);
        return runner.run(...transposed(inputs, attributes));
      },
      "correlate-input-gradient": (inputs, attributes) => {
        check(correlateInputGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...inputGradient(inputs, attributes, false));
      },
      "convolve-input-gradient": (inputs, attributes) => {
        check(convolveInputGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...inputGradient(inputs, attributes, true));
      },
      "correlate-kernel-gradient": (inputs, attributes) => {
        check(correlateKernelGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...kernelGradient(inputs, attributes, false));
      },
      "convolve-kernel-gradient": (inputs, attributes) => {
        check(convolveKernelGradient, { inputs, attributes });
        supported(inputs.G.dtype);
        return runner.run(...kernelGradient(inputs, attributes, true));
      },
    },
    withThreads: (threads) => createFft({ ...options, threads }),
    close: () => runner.close(),
  };
}
