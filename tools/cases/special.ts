import type { JsonNumber } from "../../conformance/fixture.ts";
import type { TypedCase } from "./case.ts";

const every = ["f16", "f32", "f64"] as const;
const row = (...values: JsonNumber[]) => ({ shape: [1, 1, values.length], values });

/** Convolution meets the padding with the other end of the kernel. */
const mirrored = (operator: "correlate" | "convolve", padding: "valid" | readonly (readonly [number, number])[]) =>
  operator === "correlate" || padding === "valid" ? padding : padding.map(([begin, end]) => [end, begin] as const);

const kernel = (
  operator: "correlate" | "convolve",
  name: string,
  title: string,
  V: readonly JsonNumber[],
  K: readonly JsonNumber[],
  padding: "valid" | readonly (readonly [number, number])[] = "valid",
  dtypes: TypedCase["dtypes"] = every,
): TypedCase<"correlate" | "convolve"> => ({
  operator,
  name,
  title,
  clauses: [operator === "correlate" ? "CORR-10" : "CONV-5"],
  dtypes,
  inputs: { V: row(...V), K: row(...K) },
  attributes: { padding: mirrored(operator, padding) },
});

const kernels = (["correlate", "convolve"] as const).flatMap((operator) => [
  kernel(operator, "nan", "NaN reaches the windows that hold it, and no other", [1, 2, 3, "NaN", 5, 6, 7, 8], [2, -3]),
  kernel(operator, "zero-weight-infinity", "a zero weight times infinity is NaN", [1, "Infinity", 3, 5, 4], [0, 2]),
  kernel(
    operator,
    "infinities",
    "infinities of one sign add up, of both signs give NaN",
    [1, "Infinity", "-Infinity", 2, "Infinity", "Infinity"],
    [1, 2],
  ),
  kernel(
    operator,
    "padding-is-no-term",
    "an infinite weight over padding contributes nothing",
    [3, 5, 7, 4],
    ["Infinity", 2, 1],
    [[1, 0]],
  ),
  kernel(
    operator,
    "padding-is-no-term-after",
    "a NaN weight over padding contributes nothing",
    [3, 5, 7, 4],
    [2, 1, "NaN"],
    [[0, 1]],
  ),
  kernel(operator, "negative-zero", "the sign of a zero sum is not specified", ["-0", 0, "-0", 3], [2, 1]),
  kernel(
    operator,
    "overflow-f32",
    "a sum beyond the largest number is infinite",
    [2 ** 127, 2 ** 127, -(2 ** 127), 1],
    [1, 2],
    "valid",
    ["f32"],
  ),
  kernel(
    operator,
    "overflow-f16",
    "a sum beyond the largest number is infinite",
    [2 ** 15, 2 ** 15, -(2 ** 15), 1],
    [1, 2],
    "valid",
    ["f16"],
  ),
  kernel(
    operator,
    "subnormal-f32",
    "products and sums below the normal numbers",
    [2 ** -75, 3 * 2 ** -74, -(2 ** -149), 2 ** -126],
    [2 ** -74, 2 ** -73],
    "valid",
    ["f32"],
  ),
  kernel(
    operator,
    "subnormal-f64",
    "products and sums below the normal numbers",
    [2 ** -538, 3 * 2 ** -537, -(2 ** -1074), 2 ** -1022],
    [2 ** -536, 2 ** -535],
    "valid",
    ["f64"],
  ),
]);

const pool = (
  operator: "max-pool" | "average-pool",
  name: string,
  title: string,
  V: readonly JsonNumber[],
  attributes: TypedCase<"average-pool">["attributes"] = {},
): TypedCase<"max-pool" | "average-pool"> => ({
  operator,
  name,
  title,
  clauses: [operator === "max-pool" ? "POOL-2" : "POOL-3"],
  dtypes: every,
  inputs: { V: row(...V) },
  attributes: { window: [2], ...attributes },
});

const pools = [
  pool("max-pool", "negative", "the maximum of negative numbers is negative", [-3, -1, -7, -2, -9]),
  pool("max-pool", "padding-never-wins", "padding is no element, so it never is the maximum", [-3, -1, -7, -2], {
    padding: [[1, 1]],
  }),
  pool("max-pool", "infinities", "infinities are numbers to compare", ["-Infinity", "-Infinity", 3, "Infinity", 2]),
  pool("max-pool", "nan", "NaN is the maximum, or is passed over, as declared", [1, "NaN", 5, 2, 3, 4]),
  pool("max-pool", "nan-first", "a NaN that comes first is treated like any other", ["NaN", 1, 7, 3]),
  pool("max-pool", "zeros", "−0 and +0 in one window", ["-0", 0, 0, "-0", -1, 0]),
  pool("max-pool", "negative-zeros", "the maximum of negative zeros is −0", ["-0", "-0", -1, 5]),
  pool("average-pool", "nan", "NaN reaches the windows that hold it, and no other", [1, "NaN", 5, 3, 7, 8]),
  pool("average-pool", "infinities", "infinities of one sign add up, of both signs give NaN", [
    1,
    "Infinity",
    "-Infinity",
    2,
    "Infinity",
    "Infinity",
  ]),
];

export const specialCases: readonly TypedCase[] = [...kernels, ...pools];
