import type { JsonNumber } from "../../conformance/fixture.ts";
import { type OperatorName, operatorNamed } from "../../spec/index.ts";
import type { TypedCase } from "./case.ts";

const every = ["f16", "f32", "f64"] as const;
const row = (...values: readonly JsonNumber[]) => ({ shape: [1, 1, values.length], values });

const typed = (
  operator: OperatorName,
  name: string,
  title: string,
  inputs: TypedCase["inputs"],
  attributes: TypedCase["attributes"] = {},
): TypedCase => ({
  operator,
  name,
  title,
  clauses: [operatorNamed(operator).clauses[0]],
  dtypes: every,
  inputs,
  attributes,
});

const kernel = (["correlate-kernel-gradient", "convolve-kernel-gradient"] as const).flatMap((operator) => {
  const mirrored = operator === "convolve-kernel-gradient";
  return [
    typed(operator, "nan", "NaN in the input reaches the weights that met it, and no other", {
      G: row(2, -3, 1, 4),
      V: row(1, 5, -2, 3, "NaN"),
    }),
    typed(operator, "nan-gradient", "NaN in the gradient from above reaches every weight", {
      G: row(2, "NaN", 1, 4),
      V: row(1, 5, -2, 3, 6),
    }),
    typed(operator, "zero-gradient-infinity", "a zero gradient times an infinite input is NaN", {
      G: row(2, -3, 1, 0),
      V: row(1, 5, -2, 3, "Infinity"),
    }),
    typed(operator, "infinities", "infinities of one sign add up, of both signs give NaN", {
      G: row(1, 2, 3),
      V: row("Infinity", 5, "Infinity", "-Infinity"),
    }),
    typed(
      operator,
      "padding-is-no-term",
      "an infinite gradient from above over padding contributes nothing",
      { G: row("Infinity", 2, 1), V: row(3, 5, 7) },
      { kernel: [2], padding: [[1, 0]] },
    ),
    typed(
      operator,
      "only-padding",
      "a weight that only ever lay over padding has gradient zero",
      { G: row("NaN"), V: row(4) },
      { kernel: [2], padding: mirrored ? [[0, 1]] : [[1, 0]] },
    ),
  ];
});

const input = (["correlate-input-gradient", "convolve-input-gradient"] as const).flatMap((operator) => [
  typed(
    operator,
    "nan-and-tail",
    "NaN reaches the cells of its window, and not those that no window reached",
    { G: row(2, "NaN"), K: row(3, 1, -2) },
    { stride: [2], input: [6] },
  ),
  typed(
    operator,
    "infinite-weight",
    "a zero gradient times an infinite weight is NaN; between windows there is zero",
    { G: row(0, 2, -1), K: row("Infinity", 1) },
    { stride: [3], input: [9] },
  ),
  typed(operator, "infinities", "infinities of one sign add up, of both signs give NaN", {
    G: row("Infinity", "Infinity", "-Infinity", 3),
    K: row(1, 2),
  }),
]);

const others: readonly TypedCase[] = [
  typed(
    "bias-gradient",
    "infinities",
    "infinities of one sign add up, of both signs give NaN, NaN stays in its channel",
    {
      G: { shape: [1, 4, 2], values: ["Infinity", "Infinity", "Infinity", "-Infinity", "NaN", 1, 2, -2] },
    },
  ),
  typed(
    "correlate-transpose",
    "nan-and-bias",
    "NaN reaches the cells of its copy of the kernel; cells that no copy reaches hold the bias",
    { V: row(2, "NaN"), K: row(3, -2), b: { shape: [1], values: [5] } },
    { stride: [3], outputPadding: [2] },
  ),
  typed(
    "correlate-transpose",
    "infinite-weight",
    "an infinite weight that the padding takes off contributes nothing",
    { V: row(2, 1, 4), K: row("Infinity", 3) },
    { stride: [2], padding: [[1, 0]] },
  ),
];

export const specialGradientCases: readonly TypedCase[] = [...kernel, ...input, ...others];
