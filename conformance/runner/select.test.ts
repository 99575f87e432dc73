import { expect, test } from "vitest";
import type { Check } from "../check.ts";
import { missingFrom } from "./manifest.ts";
import { nearest, noFilters, select } from "./select.ts";

const check = (
  id: string,
  { kind = "case", clauses = ["CORR-4"], operator = "correlate" }: Partial<Check> = {},
): Check => ({
  id,
  title: id,
  clauses,
  operator,
  kind,
  dtype: "f32",
  run: async () => ({ status: "pass", margin: 0 }),
});

const suite = [
  check("correlate/exact/stride@f32"),
  check("correlate/exact/stride-2d@f32"),
  check("correlate/law/linear@f32", { kind: "law", clauses: ["CORR-3", "CORR-44"] }),
  check("max-pool/exact/ragged@f32", { operator: "max-pool", clauses: ["POOL-2"] }),
];

const ids = (filters: Partial<typeof noFilters>) => select(suite, { ...noFilters, ...filters }).map(({ id }) => id);

test("without filters all are chosen, in their order", () => {
  expect(ids({})).toEqual(suite.map(({ id }) => id));
});

test("an id or its beginning up to / or @ chooses a check, and no other that merely begins so", () => {
  expect(ids({ check: ["correlate/exact/stride"] })).toEqual(["correlate/exact/stride@f32"]);
  expect(ids({ check: ["correlate/exact"] })).toHaveLength(2);
  expect(ids({ check: ["max-pool/exact/ragged@f32"] })).toHaveLength(1);
});

test("a clause chooses by its whole id or its family", () => {
  expect(ids({ clause: ["CORR-4"] })).toHaveLength(2);
  expect(ids({ clause: ["CORR"] })).toHaveLength(3);
});

test("values of one filter widen, filters among themselves narrow", () => {
  expect(ids({ operator: ["correlate", "max-pool"], kind: ["case"] })).toHaveLength(3);
});

test("what chooses nothing is an error that says what there is", () => {
  expect(() => ids({ operator: ["max-pol"] })).toThrow(
    "no check matches --operator max-pol (did you mean max-pool?); operators are: correlate, convolve,",
  );
  expect(() => ids({ kind: ["law"], clause: ["POOL"] })).toThrow("no check matches --clause POOL and --kind law");
  expect(() => ids({ check: ["quite/different"] })).toThrow(
    "no check matches --check quite/different; `convspec list`",
  );
});

test("nearest prefers what goes on from the value, and is silent where nothing is near", () => {
  expect(
    nearest(
      "correlate/exact/str",
      suite.map(({ id }) => id),
    ),
  ).toBe("correlate/exact/stride@f32");
  expect(nearest("webgpu", ["cpu", "tfjs"])).toBeUndefined();
});

test("a suite that has lost checks is told from its manifest; one that has more is not", () => {
  expect(missingFrom(suite, { checks: { total: 5, byKind: { case: 3, law: 2 } } })).toEqual([
    "the suite has 4 checks, its manifest says 5",
    "the suite has 1 checks of kind law, its manifest says 2",
  ]);
  expect(missingFrom(suite, { checks: { total: 4, byKind: { case: 2 } } })).toEqual([]);
});
