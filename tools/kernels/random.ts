import { random, sizeOf } from "../../spec/index.ts";
import type { NamedKernel } from "./kernel.ts";

const seed = 2_003;
const id = "kernels/random";
const shape = [4, 3, 3, 3];

/** Untrained kernels at random: the portable generator's draws as numbers of [−1, 1). */
export function randomKernels(): readonly NamedKernel[] {
  const { next } = random(seed, id);
  return [
    {
      name: "random",
      title: "four kernels over three channels, drawn at random",
      source: "003, Untrained Kernels",
      formula: "⌊draw / 2¹⁶⌋ / 2¹⁵ − 1, draws of the portable generator (spec/random.ts) in row-major order",
      parameters: { seed, id },
      shape,
      values: Array.from({ length: sizeOf(shape) }, () => Math.floor(next() / 2 ** 16) / 2 ** 15 - 1),
    },
  ];
}
