import { defaultWindow, type PoolAttributes, type Shape } from "../../../spec/index.ts";

/** POOL-7: the window of a grid that divides the input evenly, whose windows are all of one size; else undefined. */
export function evenWindow(input: Shape, grid: Shape): PoolAttributes | undefined {
  const window = input.map((extent, axis) => extent / grid[axis]);
  return window.every(Number.isInteger) ? { ...defaultWindow(input.length), window, stride: window } : undefined;
}
