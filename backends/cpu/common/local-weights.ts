import { sizeOf } from "../../../spec/index.ts";
import type { UnsharedExtents, Weights } from "./unshared.ts";

/** LOCAL-2: the weights W [O, …P, C, …R] and biases b [O, …P]; every position has its own. */
export function localWeights({ C, R, P }: UnsharedExtents): Weights {
  const [positions, length] = [sizeOf(P), C * sizeOf(R)];
  return {
    blocks: positions,
    blockStride: length,
    outputStride: positions * length,
    blockOf: (position) => position,
    biasStrides: [positions, 1],
  };
}
