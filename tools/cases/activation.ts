import type { JsonNumber } from "../../conformance/fixture.ts";
import type { Shape } from "../../spec/index.ts";
import type { CaseSpec, TypedCase } from "./case.ts";

const every = ["f16", "f32", "f64"] as const;

const shapes: readonly (readonly [name: string, title: string, shape: Shape])[] = [
  ["row", "a row", [11]],
  ["matrix", "the output of a dense layer", [3, 7]],
  ["maps", "feature maps", [2, 3, 4, 5]],
  ["volumes", "volumes", [2, 3, 2, 3, 4]],
];

const exact = shapes.flatMap(([name, title, shape]): CaseSpec[] => [
  {
    operator: "relu",
    name,
    title: `${title}: what is negative becomes 0`,
    clauses: ["ACT-1"],
    data: "exact",
    shapes: { V: shape },
    attributes: {},
  },
  ...(shape.length < 2
    ? []
    : [
        {
          operator: "relu-gradient" as const,
          name,
          title: `${title}: the error passes where the activation was positive`,
          clauses: ["GRAD-45" as const],
          data: "exact" as const,
          shapes: { V: shape, G: shape },
          attributes: {},
        },
      ]),
]);

const real = every.flatMap((dtype): CaseSpec[] => [
  {
    operator: "relu",
    name: `maps-${dtype}`,
    title: `real data of ${dtype}: nothing is rounded`,
    clauses: ["ACT-1"],
    data: "real",
    dtype,
    shapes: { V: [2, 3, 4, 5] },
    attributes: {},
  },
  {
    operator: "relu-gradient",
    name: `maps-${dtype}`,
    title: `real data of ${dtype}: nothing is rounded`,
    clauses: ["GRAD-45"],
    data: "real",
    dtype,
    shapes: { V: [2, 3, 4, 5], G: [2, 3, 4, 5] },
    attributes: {},
  },
]);

export const activationCases: readonly CaseSpec[] = [...exact, ...real];

const row = (...values: JsonNumber[]) => ({ shape: [values.length], values });

export const activationTyped: readonly TypedCase[] = [
  {
    operator: "relu",
    name: "scalar",
    title: "a single number, without axes",
    clauses: ["ACT-1"],
    dtypes: every,
    inputs: { V: { shape: [], values: [3.5] } },
    attributes: {},
  },
  {
    operator: "relu",
    name: "not-finite",
    title: "infinities are numbers to compare; NaN stays or counts as no number, as declared",
    clauses: ["ACT-1"],
    dtypes: every,
    inputs: { V: row("Infinity", "-Infinity", "NaN", -1, 2) },
    attributes: {},
  },
  {
    operator: "relu",
    name: "zeros",
    title: "the zero that is left has either sign, or is +0 as declared",
    clauses: ["ACT-1"],
    dtypes: every,
    inputs: { V: row("-0", 0, -3, 3) },
    attributes: {},
  },
  {
    operator: "relu",
    name: "subnormal",
    title: "the smallest positive number of the format is positive",
    clauses: ["ACT-1"],
    dtypes: ["f32"],
    inputs: { V: row(2 ** -149, -(2 ** -149), 2 ** -126) },
    attributes: {},
  },
  {
    operator: "relu-gradient",
    name: "at-zero",
    title: "the derivative at 0 is 0, whatever the sign of the zero",
    clauses: ["GRAD-45"],
    dtypes: every,
    inputs: { V: row(0, "-0", 1, -1), G: row(5, 6, 7, 8) },
    attributes: {},
  },
  {
    operator: "relu-gradient",
    name: "not-finite",
    title: "an error that is stopped is 0 or 0 times what it was; at NaN it passes or stops, as declared",
    clauses: ["GRAD-45"],
    dtypes: every,
    inputs: {
      V: row(1, -1, 0, "NaN", "NaN", "Infinity", "-Infinity", -2),
      G: row("NaN", "NaN", "Infinity", 3, "-Infinity", 4, 5, 6),
    },
    attributes: {},
  },
];
