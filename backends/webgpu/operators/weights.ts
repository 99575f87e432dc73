import { type Shape, sizeOf, type Tiles, type UnsharedWeights } from "../../../spec/index.ts";
import type { Triple } from "../device/layout.ts";
import { lift } from "./axes.ts";

/**
 * Where the weights of a sliding kernel lie: that of output channel o, turn p mod t, channel c and tap k at
 * o·kernelO + turn·kernelT + c·kernelC + k·kernelK.
 */
export interface Weights {
  readonly t: Triple;
  readonly kernelO: number;
  readonly kernelT: number;
  readonly kernelC: number;
  readonly kernelK: number;
}

/** K [O, C, …R]: the same kernel at every position. */
export const shared = (C: number, R: Shape): Weights => ({
  t: [1, 1, 1],
  kernelO: C * sizeOf(R),
  kernelT: 0,
  kernelC: sizeOf(R),
  kernelK: 1,
});

/** W [O, …P, C, …R]: a kernel for each position. */
export const unshared = ({ P, C, R }: Omit<UnsharedWeights, "O">): Weights => ({
  t: lift(P, 1),
  kernelO: sizeOf(P) * C * sizeOf(R),
  kernelT: C * sizeOf(R),
  kernelC: sizeOf(R),
  kernelK: 1,
});

/** K [O, C, …R, …t]: kernels that take turns. */
export const inTurn = ({ C, R, t }: Omit<Tiles, "O">): Weights => ({
  t: lift(t, 1),
  kernelO: C * sizeOf(R) * sizeOf(t),
  kernelT: 1,
  kernelC: sizeOf(R) * sizeOf(t),
  kernelK: sizeOf(t),
});
