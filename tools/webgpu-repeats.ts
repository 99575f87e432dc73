/**
 * Makes the same calls on WebGPU many times and compares every bit: what depends on a race or on what a buffer held before
 * shows in time. 200 times unless said otherwise: tsx tools/webgpu-repeats.ts [TIMES]
 */
import fc from "fast-check";
import { createWebGpu } from "../backends/webgpu/webgpu.ts";
import { drawnCall } from "../conformance/arbitraries/call.ts";
import type { Invocation } from "../conformance/check.ts";
import { invoke, sameBits } from "../conformance/invoke.ts";
import { operatorNamed, operatorNames, type Shape, sizeOf, type Tensor } from "../spec/index.ts";

const times = Number(process.argv[2] ?? 200);

const filled = (shape: Shape): Tensor => ({
  dtype: "f32",
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, (_, at) => Math.sin(at + 1)),
});

const layer = (
  operator: "correlate" | "correlate-kernel-gradient",
  shapes: Record<string, Shape>,
  attributes: object,
) => {
  const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, filled(shape)]));
  return { operator, inputs, attributes: operatorNamed(operator).complete(inputs, attributes) } as Invocation;
};

/** Large enough for every tiled kernel, and for sums in many parts. */
const large = [
  layer("correlate", { V: [2, 16, 28, 28], K: [32, 16, 3, 3] }, { padding: "same" }),
  layer("correlate", { V: [1, 32, 28, 28], K: [32, 1, 3, 3] }, { padding: "same", groups: 32 }),
  layer("correlate-kernel-gradient", { V: [2, 16, 28, 28], G: [2, 24, 26, 26] }, { kernel: [3, 3] }),
];

const calls = [
  ...operatorNames.flatMap((operator) => fc.sample(drawnCall(operator), { seed: 1, numRuns: 2 })),
  ...large,
];

const { backend } = await createWebGpu();
process.stdout.write(`${backend.description}: ${calls.length} calls, ${times} times each\n`);
let wrong = 0;
for (const call of calls) {
  const first = await invoke(backend, call);
  let others = 0;
  for (let time = 1; time < times; time++) {
    const again = await invoke(backend, call);
    if (Object.entries(first).some(([name, tensor]) => !sameBits(tensor, again[name]))) others += 1;
  }
  if (others === 0) continue;
  wrong += 1;
  process.stdout.write(`${call.operator}: other bits in ${others} of ${times - 1} repeats\n`);
}
process.stdout.write(wrong === 0 ? "the same bits every time\n" : `${wrong} calls differ\n`);
process.exitCode = wrong === 0 ? 0 : 1;
await backend.close?.();
