import type { JsonNumber } from "../../conformance/fixture.ts";
import type { Shape } from "../../spec/index.ts";
import type { CaseSpec, TypedCase } from "./case.ts";

const every = ["f16", "f32", "f64"] as const;

const sums: readonly (readonly [name: string, title: string, shape: Shape])[] = [
  ["scalar", "two numbers", []],
  ["matrix", "the outputs of two dense layers", [3, 5]],
  ["maps", "a block of feature maps and its shortcut", [2, 3, 4, 5]],
  ["volumes", "volumes", [2, 3, 2, 1, 4]],
];

const add: readonly CaseSpec[] = [
  ...sums.map(
    ([name, title, shape]): CaseSpec<"add"> => ({
      operator: "add",
      name,
      title,
      clauses: ["NET-1"],
      data: "exact",
      shapes: { a: shape, b: shape },
      attributes: {},
    }),
  ),
  ...every.map(
    (dtype): CaseSpec<"add"> => ({
      operator: "add",
      name: `maps-${dtype}`,
      title: `real data of ${dtype}`,
      clauses: ["NET-1"],
      data: "real",
      dtype,
      shapes: { a: [2, 3, 4, 5], b: [2, 3, 4, 5] },
      attributes: {},
    }),
  ),
];

const branches: readonly (readonly [name: string, title: string, channels: readonly number[]])[] = [
  ["two", "two branches", [3, 2]],
  ["three", "three branches", [1, 4, 2]],
  ["four", "four branches, as in an inception module", [4, 1, 3, 2]],
];

const places: readonly Shape[] = [[5], [3, 4], [2, 3, 4]];

const parts = (channels: readonly number[], X: Shape): Record<string, Shape> =>
  Object.fromEntries(channels.map((C, at) => ["abcd"[at], [2, C, ...X]]));

const total = (channels: readonly number[]): number => channels.reduce((sum, count) => sum + count, 0);

const concatenate: readonly CaseSpec[] = branches.flatMap(([name, title, channels]) =>
  places.flatMap((X): CaseSpec[] => [
    {
      operator: "concatenate",
      name: `${name}-${X.length}d`,
      title: `${title}, ${X.length}-D`,
      clauses: ["NET-2"],
      data: "exact",
      shapes: parts(channels, X),
      attributes: {},
    },
    {
      operator: "concatenate-gradient",
      name: `${name}-${X.length}d`,
      title: `the part of one of ${title}, ${X.length}-D`,
      clauses: ["GRAD-51"],
      data: "exact",
      shapes: { G: [2, total(channels), ...X] },
      attributes: { channels, part: X.length % channels.length },
    },
  ]),
);

const copied: readonly CaseSpec[] = every.flatMap((dtype): CaseSpec[] => [
  {
    operator: "concatenate",
    name: `planes-${dtype}`,
    title: `real data of ${dtype}: nothing is rounded`,
    clauses: ["NET-2"],
    data: "real",
    dtype,
    shapes: parts([2, 3, 1], [3, 4]),
    attributes: {},
  },
  {
    operator: "concatenate-gradient",
    name: `planes-${dtype}`,
    title: `real data of ${dtype}: nothing is rounded`,
    clauses: ["GRAD-51"],
    data: "real",
    dtype,
    shapes: { G: [2, 6, 3, 4] },
    attributes: { channels: [2, 3, 1], part: 1 },
  },
]);

export const joinCases: readonly CaseSpec[] = [...add, ...concatenate, ...copied];

const row = (...values: JsonNumber[]) => ({ shape: [1, 1, values.length], values });

export const joinTyped: readonly TypedCase[] = [
  {
    operator: "add",
    name: "not-finite",
    title: "infinities of one sign add up, of both signs give NaN",
    clauses: ["NET-1"],
    dtypes: every,
    inputs: {
      a: row("Infinity", "Infinity", "-Infinity", "NaN", 1),
      b: row("Infinity", "-Infinity", 3, 2, "NaN"),
    },
    attributes: {},
  },
  {
    operator: "concatenate",
    name: "not-finite",
    title: "NaN and infinities are copied",
    clauses: ["NET-2"],
    dtypes: every,
    inputs: { a: row("Infinity", "NaN", 3), b: row("-Infinity", 2, "NaN") },
    attributes: {},
  },
  {
    operator: "concatenate-gradient",
    name: "not-finite",
    title: "NaN and infinities are copied, and those of the other part are not",
    clauses: ["GRAD-51"],
    dtypes: every,
    inputs: { G: { shape: [1, 2, 3], values: ["NaN", 2, "Infinity", "-Infinity", 5, "NaN"] } },
    attributes: { channels: [1, 1], part: 1 },
  },
];
