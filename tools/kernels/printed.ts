import type { NamedKernel } from "./kernel.ts";

const lineDetectors = "000, Example of 2D Convolution";

/** Kernels whose values the notes print or spell out. */
export const printedKernels: readonly NamedKernel[] = [
  {
    name: "line-detector-vertical",
    title: "answers to a bright vertical line one cell wide",
    source: lineDetectors,
    shape: [1, 1, 3, 3],
    values: [-1, 2, -1, -1, 2, -1, -1, 2, -1],
  },
  {
    name: "line-detector-horizontal",
    title: "answers to a bright horizontal line one cell wide",
    source: lineDetectors,
    shape: [1, 1, 3, 3],
    values: [-1, -1, -1, 2, 2, 2, -1, -1, -1],
  },
  {
    name: "sobel-horizontal-edges",
    title: "the Sobel filter for horizontal edges: a difference down, a smoothing across",
    source: "002, 2D convolution example",
    shape: [1, 1, 3, 3],
    values: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  },
  {
    name: "left-neighbour-difference",
    title: "subtracts from each cell its left neighbour, as a cross-correlation",
    source: "003, Efficiency Example",
    shape: [1, 1, 1, 2],
    values: [-1, 1],
  },
  {
    name: "constant",
    title: "sums the window: sum pooling as a filter of one channel",
    source: "001, Pooling",
    shape: [1, 1, 3, 3],
    values: [1, 1, 1, 1, 1, 1, 1, 1, 1],
  },
];
