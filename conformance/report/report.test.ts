import { expect, test } from "vitest";
import type { Check, Invocation } from "../check.ts";
import { again, deviationLine, windowLines } from "./describe-failure.ts";
import { byReason } from "./groups.ts";
import { reportHtml } from "./html.ts";
import { placeOf, stripOf } from "./margins.ts";
import { place, show, showRoughly } from "./numbers.ts";
import { recordOf } from "./record.ts";
import { type Report, summarise } from "./report.ts";
import { reportViolation } from "./schema.ts";
import { windowOf } from "./window.ts";

/** V counts 0, 1, 2 … over its 3 × 4 cells; K is 1 2 over a dilation of 2. */
const invocation: Invocation<"correlate"> = {
  operator: "correlate",
  inputs: {
    V: { dtype: "f32", shape: [1, 1, 3, 4], data: Float32Array.from({ length: 12 }, (_, at) => at) },
    K: { dtype: "f32", shape: [1, 1, 2, 2], data: Float32Array.of(1, 2, 3, Number.NaN) },
    b: { dtype: "f32", shape: [1], data: Float32Array.of(-0) },
  },
  attributes: {
    stride: [1, 1],
    dilation: [1, 2],
    padding: [
      [1, 0],
      [0, 0],
    ],
    rounding: "floor",
    groups: 1,
  },
};

const check: Check = {
  id: "correlate/exact/it's@f32",
  title: "",
  clauses: ["CORR-4"],
  operator: "correlate",
  kind: "case",
  dtype: "f32",
  run: async () => ({ status: "pass", margin: 0 }),
};

const wrong = recordOf(check, {
  status: "fail",
  margin: Number.POSITIVE_INFINITY,
  failure: {
    message: "3 of 6 elements of Z are wrong",
    invocation,
    deviation: { output: "Z", index: [0, 0, 1, 1], got: Number.NaN, expected: 0.1, allowed: 0, wrong: 3, of: 6 },
  },
});

const failed = { ...wrong, failure: { ...wrong.failure, looksLike: "<dilation ignored>" } };

const report: Report = {
  version: "0.0.0",
  host: "Node 20.0.0",
  suite: { digest: "0".repeat(64), checks: 3, selected: 3 },
  seed: 7,
  started: "2020-01-02T03:04:05.678Z",
  wallSeconds: 1.25,
  interrupted: false,
  problems: ["the suite has 3 checks, its manifest says 4"],
  backends: [
    {
      name: "mine & yours",
      module: "./mine.ts",
      command: false,
      version: null,
      description: "two <threads>",
      observed: false,
      capabilities: { dtypes: ["f32"], operators: ["correlate"], declares: { algorithm: "direct" } },
      summary: { pass: 1, fail: 1, unsupported: 0, error: 1 },
      checks: [
        failed,
        recordOf(check, { status: "pass", margin: 0.01 }),
        recordOf(check, { status: "error", message: "the backend threw: no" }),
      ],
    },
  ],
  notLoaded: [{ module: "./gone.ts", observed: true, unavailable: false, reason: "there is no file" }],
};

test("a window is the box of what contributes; holes of the dilation are no values of it", () => {
  expect(windowOf(invocation, "Z", [0, 0, 1, 1])).toEqual([
    { tensor: "V", begin: [0, 0, 0, 1], end: [0, 0, 1, 3], values: [1, null, 3, 5, null, 7] },
    { tensor: "K", begin: [0, 0, 0, 0], end: [0, 0, 1, 1], values: [1, 2, 3, "NaN"] },
    { tensor: "b", begin: [0], end: [0], values: ["-0"] },
  ]);
});

test("padding contributes nothing to a window", () => {
  expect(windowOf(invocation, "Z", [0, 0, 0, 0])?.[1]).toEqual({
    tensor: "K",
    begin: [0, 0, 1, 0],
    end: [0, 0, 1, 1],
    values: [3, "NaN"],
  });
});

test("a call that violates a constraint has no window", () => {
  const wrong = {
    ...invocation,
    attributes: { ...invocation.attributes, padding: "valid", dilation: [9, 9] },
  } as Invocation;
  expect(windowOf(wrong, "Z", [0, 0, 0, 0])).toBeUndefined();
});

test("a failure reads as one line of numbers and one of windows", () => {
  expect(deviationLine(failed)).toBe("Z[0,0,1,1]   got NaN   exact 0.1   allowed 0   (3 of 6 elements wrong)");
  expect(windowLines(failed)).toEqual([
    "V[0,0,0..1,1..3] = 1 · 3 | 5 · 7",
    "×   K[0,0,0..1,0..1] = 1 2 | 3 NaN",
    "+   b[0] = −0",
  ]);
});

test("of the attributes those are kept that are not at their defaults", () => {
  expect(failed.failure?.call?.attributes).toEqual({
    dilation: [1, 2],
    padding: [
      [1, 0],
      [0, 0],
    ],
  });
});

test("the reproducer survives a shell", () => {
  expect(again({ module: "python3 my backend.py", command: true }, "a/it's@f32", 3)).toBe(
    "npx convspec run --command 'python3 my backend.py' --check 'a/it'\\''s@f32' --seed 3",
  );
});

test("numbers are as short as their format allows, and never those of a neighbour", () => {
  const third = Math.fround(1 / 3);
  expect(show(third, "f32")).toBe("0.33333334");
  expect(Math.fround(Number(show(third, "f32")))).toBe(third);
  expect([show(-3, "f32"), show("-0", "f64"), show("-Infinity", "f32"), show(65504, "f16")]).toEqual([
    "−3",
    "−0",
    "−∞",
    "65504",
  ]);
  expect(showRoughly(1.23456e-7)).toBe("1.23e−7");
  expect(place("V", [0, 1], [0, 3])).toBe("V[0,1..3]");
});

test("a report is what its schema says, also after it was written and read", () => {
  expect(reportViolation(JSON.parse(JSON.stringify(report)))).toBeUndefined();
  expect(reportViolation({ ...report, seed: "7" })).toBe("report/seed must be integer");
  expect(summarise(report.backends[0].checks)).toEqual(report.backends[0].summary);
});

test("the page needs nothing else, and takes no text for markup", () => {
  const page = reportHtml(report);
  expect(page).not.toMatch(/<script|https?:|<link|<img|url\(/);
  expect(page).toContain("mine &amp; yours");
  expect(page).toContain("runs on two &lt;threads&gt;");
  expect(page).toContain("&lt;dilation ignored&gt;");
  expect(page).not.toMatch(/undefined|\[object/);
});

test("every link of the page leads to a place on it", () => {
  const page = reportHtml(report);
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor);
  expect(links).toContain("failed-0-correlate");
  for (const anchor of links) expect(page).toContain(`id="${anchor}"`);
});

test("margins stand on a logarithmic scale, and the worst is the largest", () => {
  expect(placeOf(0)).toBe(placeOf(1e-9));
  expect(placeOf(0.1) - placeOf(0.01)).toBeCloseTo(placeOf(1) - placeOf(0.1), 0);
  expect(stripOf(report.backends[0].checks)?.worst.margin).toBe(Number.POSITIVE_INFINITY);
  expect(stripOf([])).toBeUndefined();
});

test("errors of one reason are one group, and what was given up comes last", () => {
  const error = (message: string) => recordOf(check, { status: "error", message });
  const groups = byReason(
    [...Array.from({ length: 3 }, () => error("not run: x")), error("hung"), error("b"), error("b")],
    "error",
  );
  expect(groups.map(({ reason, checks }) => [reason, checks.length])).toEqual([
    ["b", 2],
    ["hung", 1],
    ["not run: x", 3],
  ]);
});
