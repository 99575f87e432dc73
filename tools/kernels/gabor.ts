import type { NamedKernel } from "./kernel.ts";

/** The parameters of a Gabor function: a wave under a bell. */
export interface GaborParameters {
  /** The height of the bell. */
  readonly alpha: number;
  /** How fast the bell falls along the wave and across it, in 1/cells². */
  readonly betaX: number;
  readonly betaY: number;
  /** The frequency of the wave, in radians a cell, and its phase. */
  readonly f: number;
  readonly phi: number;
  /** The centre, in cells from the middle of the kernel. */
  readonly x0: number;
  readonly y0: number;
  /** The direction of the wave, in degrees. */
  readonly tau: number;
}

/** The value at a place: x to the right, y down, from the middle of the kernel. */
export function gabor(x: number, y: number, { alpha, betaX, betaY, f, phi, x0, y0, tau }: GaborParameters): number {
  const turn = (tau * Math.PI) / 180;
  const along = (x - x0) * Math.cos(turn) + (y - y0) * Math.sin(turn);
  const across = -(x - x0) * Math.sin(turn) + (y - y0) * Math.cos(turn);
  return alpha * Math.exp(-betaX * along ** 2 - betaY * across ** 2) * Math.cos(f * along + phi);
}

const formula =
  "w(x, y) = α · exp(−βx·x′² − βy·y′²) · cos(f·x′ + φ), " +
  "x′ = (x − x0)·cos τ + (y − y0)·sin τ, y′ = −(x − x0)·sin τ + (y − y0)·cos τ, " +
  "x from −4 to 4 along a row, y from −4 to 4 down the rows; each value rounded once to f32";

const reach = 4;
const width = 2 * reach + 1;

const kernel = (name: string, title: string, parameters: GaborParameters): NamedKernel => ({
  name,
  title,
  source: "003, Gabor Functions",
  formula,
  parameters: { ...parameters },
  shape: [1, 1, width, width],
  values: Array.from({ length: width ** 2 }, (_, at) =>
    Math.fround(gabor((at % width) - reach, Math.floor(at / width) - reach, parameters)),
  ),
});

const usual: GaborParameters = { alpha: 1, betaX: 0.125, betaY: 0.125, f: 1.25, phi: 0, x0: 0, y0: 0, tau: 0 };

/** Gabor functions in four directions, and one in another phase that is longer than it is wide. */
export const gaborKernels: readonly NamedKernel[] = [
  ...[0, 45, 90, 135].map((tau) => kernel(`gabor-${tau}`, `a wave in the direction of ${tau}°`, { ...usual, tau })),
  kernel("gabor-edge", "a wave in the phase of an edge, 30°, the bell longer across the wave", {
    ...usual,
    betaY: 0.0625,
    phi: Math.PI / 2,
    tau: 30,
  }),
];
