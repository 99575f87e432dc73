import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { machine } from "./machine.ts";
import { merged, type Row, readResults, validate } from "./results.ts";

const timed: Row = {
  ...{ layer: "3x3", operation: "forward", backend: "cpu", role: "ours", version: "1", threads: 1, status: "timed" },
  ...{ medianMs: 2, spread: { q1: 1, q3: 3, min: 1, max: 4, samples: 5 }, gflops: 40, gbps: 1, maxError: 0 },
};
const { medianMs, spread, ...bare } = timed;
const results = (...rows: readonly object[]) => ({ generator: "a test", machine: machine(), rows });

test("what was timed, and what was not with its reason, are results", () => {
  const wrong = { ...bare, status: "wrong", reason: "Z at 0 is 1, expected 2" };
  expect(validate(results(timed, wrong)).rows).toEqual([timed, wrong]);
});

test.each([
  ["a timed row without a time", { ...bare, spread }],
  ["a timed row without a spread", { ...bare, medianMs }],
  ["a time of zero", { ...timed, medianMs: 0 }],
  ["a wrong result with a time", { ...timed, status: "wrong", reason: "off" }],
  ["a row that was not timed and says nothing of why", { ...bare, status: "absent" }],
  ["an unknown status", { ...bare, status: "skipped", reason: "" }],
  ["no threads", { ...timed, threads: 0 }],
  ["a field that is not known", { ...timed, speed: "fast" }],
])("%s is refused", (_, row) => {
  expect(() => validate(results(row))).toThrow("no results of the benchmark");
});

test("a later row takes the place of an earlier one of the same cell, engine and threads", () => {
  const two = { ...timed, threads: 2 };
  const again = { ...timed, medianMs: 1 };
  expect(merged([timed, two], [again])).toEqual([again, two]);
});

test("the results that are kept follow the schema", () => {
  const folder = fileURLToPath(new URL("results/", import.meta.url));
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  for (const name of files) expect(readResults(`${folder}${name}`).rows.length).toBeGreaterThan(0);
  expect(files.length).toBeGreaterThan(0);
});
