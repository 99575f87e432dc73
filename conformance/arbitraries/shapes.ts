import { encode } from "../../reference/index.ts";
import { type OperatorName, operatorNamed, random, type Shape, sizeOf } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { type GradientSample, gradientCall } from "../gradient/samples.ts";
import { gradients } from "../gradients.ts";

/** The shapes of a call, and the attributes that are not at their defaults. */
export interface CallOfShapes {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly attributes?: object;
}

export const call = (shapes: CallOfShapes["shapes"], attributes?: object): CallOfShapes => ({ shapes, attributes });

/** Calls of some operators; those of their gradients follow. */
export type Table = { readonly [N in OperatorName]?: readonly CallOfShapes[] };

/** One cell on every side of two axes. */
const around = [
  [1, 1],
  [1, 1],
];

const slidingAlong = (n: number): CallOfShapes[] => [
  call({ V: [n, 1, 3], K: [1, 1, 2] }),
  call({ V: [1, n, 3], K: [2, n, 2] }),
  call({ V: [1, 2, 3], K: [n, 2, 2], b: [n] }),
  call({ V: [1, n, 3], K: [n, 1, 2] }, { groups: n }),
  call({ V: [1, 1, n + 1], K: [1, 1, 2] }),
  call({ V: [1, 1, 2 * n], K: [1, 1, 2] }, { stride: [2] }),
  call({ V: [1, 1, n + 1], K: [1, 1, n] }),
  call({ V: [1, 1, n + 1, 2], K: [1, 1, 2, 2] }),
  call({ V: [1, 1, 2, n + 1], K: [1, 1, 2, 2] }),
  // Kernels of one tap, and of three by three, have loops of their own in many a library.
  call({ V: [1, n, 1, 2], K: [3, n, 1, 1] }),
  call({ V: [1, 2, 1, 2], K: [n, 2, 1, 1] }),
  call({ V: [1, 2, 1, n], K: [3, 2, 1, 1] }),
  call({ V: [1, n, 3, 4], K: [1, n, 3, 3] }),
  call({ V: [1, 1, 3, 4], K: [n, 1, 3, 3] }),
  call({ V: [1, 1, 3, n], K: [1, 1, 3, 3] }, { padding: around }),
  call({ V: [1, 1, n, 3], K: [1, 1, 3, 3] }, { padding: around }),
];

const pooledAlong = (n: number): CallOfShapes[] => [
  call({ V: [n, 1, 2] }, { window: [2] }),
  call({ V: [1, n, 2] }, { window: [2] }),
  call({ V: [1, 1, n + 1] }, { window: [2], stride: [1] }),
  call({ V: [1, 1, 2 * n] }, { window: [2], stride: [2] }),
  call({ V: [1, 1, n + 1] }, { window: [n], stride: [1] }),
  call({ V: [1, 1, n + 1, 2] }, { window: [2, 2], stride: [1, 1] }),
  call({ V: [1, 1, 2, n + 1] }, { window: [2, 2], stride: [1, 1] }),
];

const griddedAlong = (n: number): CallOfShapes[] => [
  call({ V: [n, 1, 3] }, { grid: [2] }),
  call({ V: [1, n, 3] }, { grid: [2] }),
  call({ V: [1, 1, n] }, { grid: [1] }),
  call({ V: [1, 1, n + 1] }, { grid: [n] }),
];

const elementsAlong = (n: number): Shape[] => [
  [n, 1, 2],
  [1, n, 2],
  [1, 1, n],
];

/** Calls in which one extent is n and the others are small. */
export const along = (n: number): Table => ({
  correlate: slidingAlong(n),
  convolve: slidingAlong(n),
  "correlate-transpose": [
    call({ V: [n, 1, 2], K: [1, 1, 2] }),
    call({ V: [1, n, 2], K: [n, 2, 2] }),
    call({ V: [1, 2, 2], K: [2, n, 2], b: [n] }),
    call({ V: [1, 1, n], K: [1, 1, 2] }, { stride: [2] }),
    call({ V: [1, 1, 2], K: [1, 1, n] }),
  ],
  "locally-connected": [
    call({ V: [n, 1, 3], W: [1, 2, 1, 2] }),
    call({ V: [1, n, 3], W: [2, 2, n, 2] }),
    call({ V: [1, 2, 3], W: [n, 2, 2, 2], b: [n, 2] }),
    call({ V: [1, 1, n + 1], W: [1, n, 1, 2] }),
    call({ V: [1, 1, n + 1], W: [1, 2, 1, n] }),
  ],
  tiled: [
    call({ V: [n, 1, 3], K: [1, 1, 2, 2] }),
    call({ V: [1, n, 3], K: [2, n, 2, 2] }),
    call({ V: [1, 2, 3], K: [n, 2, 2, 2], b: [n] }),
    call({ V: [1, 1, n + 1], K: [1, 1, 2, 3] }),
    call({ V: [1, 1, n + 1], K: [1, 1, 2, n] }),
  ],
  "max-pool": pooledAlong(n),
  "average-pool": pooledAlong(n),
  "sum-pool": pooledAlong(n),
  "l2-pool": pooledAlong(n),
  "weighted-pool": pooledAlong(Math.min(n, 17)),
  "max-pool-winners": pooledAlong(n),
  "adaptive-max-pool": griddedAlong(n),
  "adaptive-average-pool": griddedAlong(n),
  "channel-pool": [
    call({ V: [n, 2, 1] }, { size: 2 }),
    call({ V: [1, 2 * n, 1] }, { size: 2 }),
    call({ V: [1, n, 2] }, { size: n }),
    call({ V: [1, 2, n] }, { size: 2 }),
  ],
  dense: [
    call({ x: [n, 2], W: [3, 2], b: [3] }),
    call({ x: [1, n], W: [2, n] }),
    call({ x: [2, 2], W: [n, 2], b: [n] }),
  ],
  relu: elementsAlong(n).map((V) => call({ V })),
  add: elementsAlong(n).map((a) => call({ a, b: a })),
  update: elementsAlong(n).map((w) => call({ w, g: w })),
  concatenate: elementsAlong(n).map((a) => call({ a, b: a.with(1, 2) })),
  "batch-norm": elementsAlong(n).map((x) => call({ x, gamma: [x[1]], beta: [x[1]] })),
  "batch-norm-inference": elementsAlong(n).map((x) => {
    const C = [x[1]];
    return call({ x, mean: C, variance: C, gamma: C, beta: C });
  }),
});

const slidingLong = [
  call({ V: [1, 1401, 5], K: [2, 1401, 3] }),
  call({ V: [1, 1, 7], K: [1401, 1, 3] }),
  call({ V: [1, 1, 4204], K: [2, 1, 2], b: [2] }),
];
const pooledLong = [call({ V: [1, 1, 4204] }, { window: [4203], stride: [1] })];

/** Calls that add up 4,203 terms, or whose gradients do. */
export const long: Table = {
  correlate: slidingLong,
  convolve: slidingLong,
  "correlate-transpose": [call({ V: [1, 1401, 5], K: [1401, 2, 3] })],
  "locally-connected": [
    call({ V: [1, 1401, 4], W: [1, 2, 1401, 3] }),
    call({ V: [1, 1, 5], W: [1401, 3, 1, 3] }),
    call({ V: [4203, 1, 2], W: [1, 1, 1, 2], b: [1, 1] }),
  ],
  tiled: [
    call({ V: [1, 1401, 4], K: [1, 1401, 3, 2] }),
    call({ V: [1, 1, 7], K: [1401, 1, 3, 2] }),
    call({ V: [1, 1, 8407], K: [1, 1, 2, 2], b: [1] }),
  ],
  dense: [
    call({ x: [1, 4203], W: [2, 4203] }),
    call({ x: [1, 2], W: [4203, 2] }),
    call({ x: [4203, 2], W: [1, 2], b: [1] }),
  ],
  "average-pool": pooledLong,
  "sum-pool": pooledLong,
  "l2-pool": pooledLong,
  "adaptive-average-pool": [call({ V: [1, 1, 4203] }, { grid: [1] })],
};

const sides = (...pairs: readonly (readonly [number, number])[]) => pairs;

const slidingPast = [
  call({ V: [2, 17, 9, 11], K: [18, 17, 3, 3], b: [18] }, { padding: around }),
  call({ V: [2, 8, 8, 10], K: [16, 8, 3, 2], b: [16] }, { padding: "same", stride: [2, 1] }),
  call({ V: [3, 33, 5, 7], K: [34, 33, 1, 1], b: [34] }),
  call({ V: [5, 18, 6, 5], K: [10, 9, 2, 2], b: [10] }, { groups: 2 }),
  call({ V: [2, 10, 5, 6], K: [20, 2, 2, 3] }, { groups: 5, stride: [1, 2] }),
  call({ V: [5, 9, 10, 9], K: [18, 1, 3, 3] }, { groups: 9, padding: around }),
  call({ V: [1, 2, 12, 13], K: [3, 2, 7, 7] }, { padding: sides([2, 3], [3, 1]) }),
  call({ V: [2, 3, 6, 9, 10], K: [4, 3, 2, 3, 2] }, { padding: sides([1, 0], [0, 1], [1, 1]) }),
  call({ V: [5, 9, 71], K: [9, 9, 5], b: [9] }),
  call({ V: [9, 2, 3], K: [17, 2, 2], b: [17] }),
  call({ V: [1, 2, 267], K: [2, 2, 3] }, { stride: [2] }),
  call({ V: [1, 2, 30, 9], K: [2, 2, 3, 2] }, { stride: [7, 1], dilation: [6, 5], padding: sides([9, 8], [0, 2]) }),
  call({ V: [1, 1, 19], K: [2, 1, 9] }, { padding: "same" }),
  call({ V: [0, 2, 5, 6], K: [4, 1, 2, 3], b: [4] }, { groups: 2 }),
  // More channels than a tile holds, and one position more than a vector.
  call({ V: [1, 40, 3, 7], K: [2, 40, 3, 3] }),
  call({ V: [1, 17, 9, 11], K: [18, 17, 3, 3] }, { stride: [2, 2] }),
  call({ V: [1, 9, 9, 10], K: [9, 1, 5, 3] }, { groups: 9 }),
  call({ V: [1, 3, 10, 9], K: [4, 3, 3, 2] }, { stride: [3, 2], padding: sides([2, 0], [0, 1]) }),
  call({ V: [1, 2, 7, 8, 9], K: [2, 2, 2, 3, 2] }, { dilation: [3, 1, 2], padding: sides([0, 1], [2, 0], [0, 0]) }),
  // Padding wider than the blocks that a backend may cut the input into: some lie in it wholly.
  call({ V: [1, 1, 11], K: [1, 1, 3] }, { padding: sides([4000, 700]) }),
  call({ V: [1, 1, 3, 4], K: [1, 1, 2, 2] }, { padding: sides([70, 3], [2, 90]) }),
];

const pooledPast = [
  call({ V: [2, 5, 7, 8] }, { window: [3, 3], padding: sides([1, 1], [2, 0]) }),
  call({ V: [5, 9, 10, 11] }, { window: [5, 5], stride: [2, 3] }),
  call({ V: [2, 33, 70] }, { window: [3], stride: [1] }),
  call({ V: [2, 3, 6, 9, 10] }, { window: [2, 3, 4], stride: [2, 2, 3], dilation: [1, 2, 1], rounding: "ceil" }),
  call({ V: [1, 1, 50, 47] }, { window: [2, 3], stride: [3, 4] }),
  call({ V: [1, 2, 40] }, { window: [6], stride: [7], dilation: [5], padding: sides([9, 8]) }),
  call({ V: [0, 2, 5, 6] }, { window: [2, 3] }),
  call({ V: [1, 3, 10, 9] }, { window: [3, 2], padding: sides([2, 0], [0, 1]) }),
  call({ V: [1, 2, 7, 8, 9] }, { window: [2, 3, 2], stride: [1, 1, 1], dilation: [3, 1, 2] }),
];

const griddedPast = [
  call({ V: [5, 9, 10, 11] }, { grid: [4, 3] }),
  call({ V: [2, 3, 2, 3, 2] }, { grid: [5, 4, 3] }),
  call({ V: [1, 2, 140] }, { grid: [9] }),
  call({ V: [0, 2, 5, 6] }, { grid: [2, 3] }),
  // Borders of cells that come out one off where X / Y, i / Y or 1 / Y is rounded on the way, in single or double precision.
  ...[
    [26, 22],
    [30, 22],
    [30, 26],
    [45, 33],
    [25, 11],
    [41, 41],
    [49, 49],
    [56, 51],
    [27, 13],
  ].map(([X, Y]) => call({ V: [1, Math.ceil(50 / Y), X] }, { grid: [Y] })),
];

const elementsPast: Shape[] = [
  [5, 9, 7, 6],
  [2, 17, 65],
];

/** What has no axes of its own. */
const flatPast: Shape[] = [...elementsPast, [1301]];

/** Calls in which several extents at once are past the widths of vectors and small tiles, and attributes larger than usual. */
export const past: Table = {
  correlate: slidingPast,
  convolve: slidingPast,
  "correlate-transpose": [
    call({ V: [2, 18, 5, 6], K: [18, 9, 3, 2], b: [9] }, { stride: [2, 1], padding: sides([1, 0], [0, 1]) }),
    call({ V: [5, 12, 3, 5], K: [12, 3, 2, 2], b: [12] }, { groups: 4 }),
    call({ V: [1, 2, 5, 6], K: [2, 2, 3, 2] }, { stride: [7, 1], dilation: [6, 5], outputPadding: [6, 0] }),
    call({ V: [2, 4, 3, 4, 5], K: [4, 3, 2, 3, 2] }, { stride: [1, 2, 3], outputPadding: [0, 1, 2] }),
    call({ V: [1, 3, 70], K: [3, 2, 4] }, { stride: [2] }),
    call({ V: [0, 4, 3, 2], K: [4, 1, 2, 3], b: [2] }, { groups: 2 }),
  ],
  "locally-connected": [
    call({ V: [5, 6, 5, 6], W: [7, 4, 4, 6, 2, 3], b: [7, 4, 4] }),
    call({ V: [2, 1, 4, 4, 5], W: [2, 3, 2, 4, 1, 2, 3, 2], b: [2, 3, 2, 4] }),
    call({ V: [2, 3, 36], W: [5, 17, 3, 4] }, { stride: [2] }),
    call({ V: [9, 2, 3], W: [17, 2, 2, 2], b: [17, 2] }),
    call({ V: [0, 2, 4], W: [3, 3, 2, 2], b: [3, 3] }),
  ],
  tiled: [
    call({ V: [5, 7, 9, 10], K: [8, 7, 2, 3, 3, 2], b: [8] }),
    call({ V: [2, 2, 5, 6], K: [3, 2, 2, 2, 7, 9] }),
    call({ V: [9, 2, 3], K: [17, 2, 2, 2], b: [17] }),
    call({ V: [2, 2, 4, 5, 6], K: [3, 2, 2, 2, 3, 2, 3, 2] }),
    call({ V: [0, 2, 4], K: [3, 2, 2, 2], b: [3] }),
  ],
  "max-pool": pooledPast,
  "average-pool": pooledPast,
  "sum-pool": pooledPast,
  "l2-pool": pooledPast,
  "weighted-pool": pooledPast,
  "max-pool-winners": pooledPast,
  "adaptive-max-pool": griddedPast,
  "adaptive-average-pool": griddedPast,
  "channel-pool": [
    call({ V: [5, 18, 6, 7] }, { size: 6 }),
    call({ V: [2, 34, 3, 3, 2] }, { size: 2 }),
    call({ V: [0, 4, 3] }, { size: 2 }),
  ],
  dense: [
    call({ x: [9, 37], W: [21, 37], b: [21] }),
    call({ x: [5, 130], W: [70, 130] }),
    call({ x: [0, 3], W: [2, 3], b: [2] }),
  ],
  relu: [...flatPast, [0, 3]].map((V) => call({ V })),
  add: [...flatPast, [0, 3]].map((a) => call({ a, b: a })),
  update: flatPast.map((w) => call({ w, g: w })),
  concatenate: elementsPast.map((a) => call({ a, b: a.with(1, 8), c: a, d: a.with(1, 3) })),
  "batch-norm": [...elementsPast, [1, 1, 17, 16]].map((x) => call({ x, gamma: [x[1]], beta: [x[1]] })),
  "batch-norm-inference": elementsPast.map((x) => {
    const C = [x[1]];
    return call({ x, mean: C, variance: C, gamma: C, beta: C });
  }),
};

/** Windows of [3, 3] whose results are [6, 7], over other extents, with the padding on other sides, and with holes. */
const slidingAlike = [
  { X: [8, 9] },
  { X: [7, 9], attributes: { padding: sides([1, 0], [0, 0]) } },
  { X: [7, 9], attributes: { padding: sides([0, 1], [0, 0]) } },
  { X: [8, 8], attributes: { padding: sides([0, 0], [0, 1]) } },
  { X: [10, 9], attributes: { dilation: [2, 1] } },
  { X: [8, 11], attributes: { dilation: [1, 2] } },
  { X: [13, 9], attributes: { stride: [2, 1] } },
  { X: [8, 15], attributes: { stride: [1, 2] } },
  { X: [8, 9] },
];

const kernelsAlike = slidingAlike.map(({ X, attributes }) => call({ V: [1, 2, ...X], K: [3, 2, 3, 3] }, attributes));

const poolsAlike = slidingAlike.map(({ X, attributes }) =>
  call({ V: [1, 2, ...X] }, { window: [3, 3], stride: [1, 1], ...attributes }),
);

/** Calls whose results have the same shape, to be made one after the other. */
export const alike: Table = {
  correlate: kernelsAlike,
  convolve: kernelsAlike,
  "max-pool": poolsAlike,
  "average-pool": poolsAlike,
  "sum-pool": poolsAlike,
  "l2-pool": poolsAlike,
  "max-pool-winners": poolsAlike,
};

const poolsInRows = [
  call({ V: [18, 1, 3, 6] }, { window: [3, 3], stride: [1, 1] }),
  call({ V: [18, 1, 2, 9] }, { window: [2, 2], stride: [2, 2] }),
];

const slidingInRows = [
  call({ V: [18, 1, 3, 6], K: [9, 1, 3, 3] }),
  call({ V: [18, 9, 3, 6], K: [9, 1, 3, 3] }, { groups: 9 }),
];

/** Four windows in a row, over as many samples as a sample has elements, under as many kernels as a kernel has. */
export const inRows: Table = {
  correlate: slidingInRows,
  convolve: slidingInRows,
  "correlate-transpose": [call({ V: [8, 9, 2, 4], K: [9, 1, 3, 3] })],
  "max-pool": poolsInRows,
  "average-pool": poolsInRows,
  "sum-pool": poolsInRows,
  "l2-pool": poolsInRows,
  "max-pool-winners": poolsInRows,
};

/** Small integers of no particular order; a variance is positive. */
const filled = (shapes: CallOfShapes["shapes"], seed: number) =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const source = random(seed, name);
      const low = name === "variance" ? 1 : -3;
      return [
        name,
        encode(
          "f32",
          shape,
          Array.from({ length: sizeOf(shape) }, () => source.integer(low, 5)),
        ),
      ];
    }),
  );

const invocation = (operator: OperatorName, { shapes, attributes = {} }: CallOfShapes, seed: number): Invocation => {
  const inputs = filled(shapes, seed);
  const { complete } = operatorNamed(operator);
  return { operator, inputs, attributes: complete(inputs, attributes) as Invocation["attributes"] };
};

/** The gradients an operator is, of operators that a table has; windows that overlap 4,203 times would take long. */
const derivedFrom = (operator: OperatorName, table: Table): GradientSample["gradient"][] =>
  table[operator] !== undefined || (table === long && operator.endsWith("-pool-gradient"))
    ? []
    : gradients.filter(
        ({ gradient, forward, input }) =>
          gradient === operator && table[forward]?.some(({ shapes }) => input in shapes) === true,
      );

/** Whether a table has calls of an operator, or of those that it is the gradient of. */
export const isIn = (operator: OperatorName, table: Table): boolean =>
  table[operator] !== undefined || derivedFrom(operator, table).length > 0;

/** The calls of an operator that a table has, or that follow from those of the operators it is the gradient of. */
export function callsOf(operator: OperatorName, table: Table, seed: number): Invocation[] {
  const own = (table[operator] ?? []).map((entry) => invocation(operator, entry, seed));
  const derived = derivedFrom(operator, table).flatMap((gradient) =>
    (table[gradient.forward] ?? [])
      .filter(({ shapes }) => gradient.input in shapes)
      .map((entry) => gradientCall(sampleOf(gradient, invocation(gradient.forward, entry, seed), seed))),
  );
  return [...own, ...derived];
}

function sampleOf(gradient: GradientSample["gradient"], forward: Invocation, seed: number) {
  const signature = operatorNamed(gradient.forward);
  const shapes = signature.shapes(forward as unknown as Parameters<typeof signature.shapes>[0]);
  const { G } = filled({ G: shapes[signature.outputs[0]] }, seed);
  return { gradient, call: forward, G };
}
