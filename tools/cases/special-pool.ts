import type { JsonNumber } from "../../conformance/fixture.ts";
import { type ClauseId, type OperatorName, operatorNamed } from "../../spec/index.ts";
import type { TypedCase } from "./case.ts";

const every = ["f16", "f32", "f64"] as const;
const row = (...values: readonly JsonNumber[]) => ({ shape: [1, 1, values.length], values });
const column = (...values: readonly JsonNumber[]) => ({ shape: [1, values.length, 1], values });

const typed = (
  operator: OperatorName,
  name: string,
  title: string,
  inputs: TypedCase["inputs"],
  attributes: object,
): TypedCase => ({
  operator,
  name,
  title,
  clauses: [operatorNamed(operator).clauses[0] as ClauseId],
  dtypes: every,
  inputs,
  attributes: attributes as TypedCase["attributes"],
});

/** A window of two cells three apart over one element: those of both ends hold none. */
const emptyWindows = { window: [2], dilation: [3], padding: [[2, 2]] };

const forward = (
  operator: OperatorName,
  name: string,
  title: string,
  V: readonly JsonNumber[],
  attributes: object = { window: [2] },
): TypedCase => typed(operator, name, title, { V: row(...V) }, attributes);

const sums = (["sum-pool", "weighted-pool"] as const).flatMap((operator) => [
  forward(operator, "nan", "NaN reaches the windows that hold it, and no other", [1, "NaN", 5, 3, 7, 9]),
  forward(operator, "infinities", "infinities of one sign add up, of both signs give NaN", [
    1,
    "Infinity",
    "-Infinity",
    2,
    "Infinity",
    "Infinity",
  ]),
  forward(operator, "empty-window", "a window without an element", [5], emptyWindows),
]);

const norms = [
  forward("l2-pool", "nan", "NaN reaches the windows that hold it, and no other", [3, "NaN", 3, 4, 0, 5]),
  forward("l2-pool", "infinities", "an infinity of either sign gives +∞, but beside NaN", [
    3,
    "-Infinity",
    "Infinity",
    "NaN",
    4,
    -3,
  ]),
  forward("l2-pool", "zeros", "the norm of zeros is 0, of whatever sign they are", ["-0", "-0", 0, 3]),
  forward("l2-pool", "negative-alone", "one element gives its absolute value", [-7, 3, "-Infinity"], { window: [1] }),
  forward("l2-pool", "empty-window", "a window without an element gives 0", [5], emptyWindows),
];

const maxima = [
  forward("max-pool", "empty-window", "a window without an element gives −∞", [5], emptyWindows),
  forward("adaptive-max-pool", "nan", "NaN is the maximum, or is passed over, as declared", [1, "NaN", 5, 2, 3], {
    grid: [3],
  }),
  forward("adaptive-max-pool", "nan-alone", "a window of NaN alone gives NaN", ["NaN", 2, "NaN", 4], { grid: [4] }),
  forward("adaptive-max-pool", "negative", "the maximum of negative numbers is negative", [-3, -1, -7, -2, -9], {
    grid: [2],
  }),
  forward("adaptive-max-pool", "zeros", "−0 and +0 in one window", ["-0", 0, 0, "-0", -1, 0], { grid: [3] }),
  forward(
    "adaptive-average-pool",
    "nan",
    "NaN reaches the windows that hold it, and no other",
    [1, "NaN", 5, 3, 7, 8],
    {
      grid: [3],
    },
  ),
  forward(
    "adaptive-average-pool",
    "infinities",
    "infinities of one sign add up, of both signs give NaN",
    [1, "Infinity", "-Infinity", "Infinity", "-Infinity", "-Infinity"],
    { grid: [3] },
  ),
  typed(
    "channel-pool",
    "nan",
    "NaN is the maximum, or is passed over, as declared",
    { V: column(1, "NaN", 5, 2, "NaN", "NaN") },
    { size: 2 },
  ),
  typed(
    "channel-pool",
    "negative",
    "the maximum of negative numbers is negative",
    { V: column(-3, -1, "-Infinity", "-Infinity", -9, "-0") },
    { size: 2 },
  ),
  typed("channel-pool", "zeros", "−0 and +0 in one group", { V: column("-0", 0, 0, "-0", -1, 0) }, { size: 2 }),
];

/** What decides who wins: the values of the window, and what is said of each. */
const contests: readonly (readonly [name: string, title: string, V: readonly JsonNumber[]])[] = [
  ["ties", "equal elements: the first or the last wins, as declared", [4, 4, 1, 4, 4, 4]],
  ["zeros", "−0 and +0 are equal", ["-0", 0, -1, 0, "-0", -2]],
  ["negative-infinities", "a window of −∞ alone has a winner", ["-Infinity", "-Infinity", "-Infinity", 3, 1, 2]],
  ["nan", "NaN wins, or is passed over, as declared", [1, "NaN", 5, 2, 3, 4]],
  ["nan-twice", "several NaN tie as equal elements do", ["NaN", "NaN", "NaN", 2, "NaN", 3]],
];

const winners = [
  ...contests.map(([name, title, V]) => forward("max-pool-winners", name, title, V, { window: [3] })),
  forward("max-pool-winners", "empty-window", "a window without an element has no winner: −1", [5], emptyWindows),
];

const routes = [
  ...contests.map(([name, title, V]) =>
    typed("max-pool-gradient", name, title, { V: row(...V), G: row(2, -3, 5, 7) }, { window: [3] }),
  ),
  typed(
    "max-pool-gradient",
    "empty-window",
    "the error of a window without an element goes nowhere",
    { V: row(5), G: row(3, 7, 9) },
    { window: [2], dilation: [2], padding: [[2, 2]] },
  ),
  typed(
    "max-pool-gradient",
    "error-not-finite",
    "an error that is not finite reaches the winner and no other element",
    { V: row(1, 5, 2, 8, 3, 4), G: row("NaN", "Infinity", 3) },
    { window: [2], stride: [2] },
  ),
  ...contests.map(([name, title, V]) =>
    typed("adaptive-max-pool-gradient", name, title, { V: row(...V), G: row(2, -3, 5, 7) }, { grid: [4] }),
  ),
  ...contests.map(([name, title, V]) =>
    typed("channel-pool-gradient", name, title, { V: column(...V), G: column(2, -3) }, { size: 3 }),
  ),
];

const spread = (["average-pool-gradient", "sum-pool-gradient", "weighted-pool-gradient"] as const).map((operator) =>
  typed(
    operator,
    "error-not-finite",
    "an error that is not finite reaches every element of its window, and no other",
    { G: row(2, "NaN", 4, "Infinity", "-Infinity", 6) },
    { window: [2], input: [7] },
  ),
);

const lengths = [
  typed(
    "l2-pool-gradient",
    "zero-norm",
    "where the norm is 0 the gradient is 0, however the zeros are signed",
    { V: row(0, "-0", 0, 5, 0, 0), G: row(3, 7, -2, 4, 9) },
    { window: [2] },
  ),
  typed(
    "l2-pool-gradient",
    "nan",
    "NaN reaches every element of the windows that hold it, and no other",
    { V: row(5, 0, "NaN", 0, 5, 0), G: row(3, 7, -2, 4, 9) },
    { window: [2] },
  ),
  typed(
    "l2-pool-gradient",
    "infinity",
    "beside an infinity finite elements get 0, and it gets NaN",
    { V: row(5, "-Infinity", 0, 4, 2), G: row(3, 7, -2) },
    { window: [2], stride: [1], padding: "valid", dilation: [2] },
  ),
  typed(
    "adaptive-average-pool-gradient",
    "error-not-finite",
    "an error that is not finite reaches every element of its window, and no other",
    { G: row(2, "NaN", 4, "Infinity") },
    { input: [6] },
  ),
];

/** Special values in pooling and its gradients. */
export const specialPoolCases: readonly TypedCase[] = [
  ...sums,
  ...norms,
  ...maxima,
  ...winners,
  ...routes,
  ...spread,
  ...lengths,
];
