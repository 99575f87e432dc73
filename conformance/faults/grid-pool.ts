import { adaptiveWindow, type Tensor } from "../../spec/index.ts";
import { type Change, type Fault, fault } from "./fault.ts";
import { type Bounds, grid, poolWith, sum, type WindowAt } from "./kernels/windows.ts";

type Adaptive = "adaptive-max-pool" | "adaptive-average-pool";

const average = ({ inside }: WindowAt): number => sum(inside) / inside.length;
const largest = ({ inside }: WindowAt): number => Math.max(...inside);

/** A change of a pooling to a fixed grid: of the bounds of its windows, or of what it makes of them. */
const gridded =
  (reduce: (at: WindowAt) => number, bounds?: Bounds): Change<Adaptive> =>
  (run, inputs, a) => {
    run(inputs, a);
    return poolWith(inputs, grid((inputs.V as Tensor).shape.slice(2), a.grid, bounds), reduce);
  };

/** Ways to lay a grid over an input of X cells that are right where P divides X. */
export const wrongBounds: readonly (readonly [name: string, title: string, models: string | undefined, Bounds])[] = [
  [
    "ends-by-floor",
    "windows end where the next begins: the end is rounded down",
    "flagos-ai/FlagGems#4915",
    (p, P, X) => {
      const from = Math.floor((p * X) / P);
      return [from, Math.max(from + 1, Math.floor(((p + 1) * X) / P))];
    },
  ],
  [
    "begins-by-ceil",
    "windows begin where the last one ended: the beginning is rounded up",
    undefined,
    (p, P, X) => {
      const to = Math.ceil(((p + 1) * X) / P);
      return [Math.min(to - 1, Math.ceil((p * X) / P)), to];
    },
  ],
  [
    "constant-window",
    "all windows have one extent and one stride, the rounded ratio",
    undefined,
    (p, P, X) => {
      const s = Math.max(1, Math.floor(X / P));
      const from = Math.min(p * s, X - 1);
      return [from, p === P - 1 ? X : from + s];
    },
  ],
];

/** Ways to lay a grid that are right for small extents: a quotient is rounded on the way. */
export const inexactBounds: readonly (readonly [name: string, title: string, smallest: string, Bounds])[] = [
  [
    "cells-in-single",
    "the extent of a cell is rounded to single precision, so that some begin or end one too far",
    "7 cells, a grid of 13",
    (p, P, X) => {
      const cell = Math.fround(X / P);
      return [Math.floor(Math.fround(p * cell)), Math.min(X, Math.ceil(Math.fround((p + 1) * cell)))];
    },
  ],
  [
    "cells-in-double",
    "the extent of a cell is rounded to double precision, so that some begin or end one too far",
    "21 cells, a grid of 19",
    (p, P, X) => [Math.floor(p * (X / P)), Math.min(X, Math.ceil((p + 1) * (X / P)))],
  ],
];

const adaptive = (operator: Adaptive): Fault<Adaptive>[] => {
  const reduce = operator === "adaptive-max-pool" ? largest : average;
  const data = operator === "adaptive-max-pool" ? "exact" : "real";
  return [
    ...wrongBounds.map(([name, title, models, bounds]) =>
      fault<Adaptive>(operator, name, {
        title,
        models,
        smallest: "5 cells, a grid of 3",
        caughtBy: `${operator}/${data}/overlaps-1d`,
        change: gridded(reduce, bounds),
      }),
    ),
    ...inexactBounds.map(([name, title, smallest, bounds]) =>
      fault<Adaptive>(operator, name, {
        title,
        smallest,
        caughtBy: `${operator}/law/several-extents`,
        change: gridded(reduce, bounds),
      }),
    ),
    fault<Adaptive>(operator, "grid-from-first-axis", {
      title: "every axis is pooled to the extent of the grid on the first",
      smallest: "4×10, grid 2×5",
      caughtBy: `${operator}/exact/divides-2d`,
      change: (run, inputs, a) =>
        gridded(reduce, (p, _, X) => adaptiveWindow(Math.min(p, a.grid[0] - 1), a.grid[0], X))(run, inputs, a),
    }),
  ];
};

const adaptiveOwn: Fault<Adaptive>[] = [
  fault<Adaptive>("adaptive-max-pool", "starts-at-zero", {
    title: "the maximum starts at 0",
    models: "tensorflow/tfjs#4854",
    smallest: "a single −1",
    caughtBy: "adaptive-max-pool/special/negative",
    change: gridded(({ inside }) => Math.max(0, ...inside)),
  }),
  fault<Adaptive>("adaptive-max-pool", "nan-lost", {
    title: "NaN is passed over, though the backend declares that it propagates",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN, 1]",
    caughtBy: "adaptive-max-pool/special/nan",
    change: gridded(({ inside }) => Math.max(Number.NEGATIVE_INFINITY, ...inside.filter((v) => !Number.isNaN(v)))),
  }),
  fault<Adaptive>("adaptive-max-pool", "minimum", {
    title: "this is the minimum",
    smallest: "[1, 2]",
    caughtBy: "adaptive-max-pool/exact/divides-1d",
    change: gridded(({ inside }) => Math.min(...inside)),
  }),
  fault<Adaptive>("adaptive-average-pool", "divided-by-the-ratio", {
    title: "sums are divided by the ratio of input to grid, not by the elements of the window",
    smallest: "5 cells, a grid of 3",
    caughtBy: "adaptive-average-pool/real/overlaps-1d",
    change: gridded(({ inside, X, P }) => sum(inside) / X.reduce((ratio, x, axis) => (ratio * x) / P[axis], 1)),
  }),
  fault<Adaptive>("adaptive-average-pool", "no-division", {
    title: "this is the sum",
    smallest: "[1, 2]",
    caughtBy: "adaptive-average-pool/exact/divides-1d",
    change: gridded(({ inside }) => sum(inside)),
  }),
  fault<Adaptive>("adaptive-average-pool", "integer-division", {
    title: "the average is truncated to an integer",
    smallest: "[1, 2]",
    caughtBy: "adaptive-average-pool/exact/divides-1d",
    change: gridded((at) => Math.trunc(average(at))),
  }),
];

/** Faults of the poolings to a fixed grid. */
export const gridPoolFaults: readonly Fault[] = [
  ...adaptive("adaptive-max-pool"),
  ...adaptive("adaptive-average-pool"),
  ...adaptiveOwn,
] as unknown as Fault[];
