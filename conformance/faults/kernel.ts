import type { Tensor } from "../../spec/index.ts";
import { type Fault, fault } from "./fault.ts";
import { type Kernel, spatial } from "./kernel-change.ts";
import { loopFaults } from "./kernel-loops.ts";
import { numberFaults } from "./kernel-numbers.ts";
import { windowFaults } from "./kernel-windows.ts";

/** Convolution over every overlap commutes; correlation does not, so only there is it a fault. */
const argumentsSwapped: Fault<Kernel> = fault<Kernel>("correlate", "arguments-swapped", {
  title: "input and kernel are exchanged where the kernel is longer",
  models: "numpy/numpy#6316, scipy/scipy#12685",
  smallest: "3-tap signal, 5-tap kernel",
  caughtBy: "correlate/exact/kernel-longer",
  change: (run, inputs, a) => {
    const right = run(inputs, a);
    const [X, R] = spatial(inputs);
    const plain =
      (inputs.V as Tensor).shape[1] === 1 && (inputs.K as Tensor).shape[0] === 1 && (inputs.V as Tensor).shape[0] === 1;
    if (!plain || R.every((r, axis) => r <= X[axis])) return right;
    const swapped = run({ V: inputs.K, K: inputs.V }, { ...a, padding: "full" });
    return String(swapped.Z.shape) === String(right.Z.shape) ? swapped : right;
  },
});

const both = ["correlate", "convolve"] as const;

/** Faults of cross-correlation and convolution: in where the kernel slides, what it goes over, and how it adds up. */
export const kernelFaults = {
  windows: both.flatMap(windowFaults) as unknown as Fault[],
  loops: [...both.flatMap(loopFaults), argumentsSwapped] as unknown as Fault[],
  numbers: both.flatMap(numberFaults) as unknown as Fault[],
};
