import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { withLimit } from "./measure.ts";
import type { Row } from "./results.ts";
import { byCell, ratio, ratioTable, timesTable } from "./table.ts";

const row = (backend: string, role: Row["role"], medianMs: number, layer = "3x3"): Row => ({
  ...{ layer, operation: "forward", backend, role, version: "1", threads: 1, status: "timed", medianMs },
  spread: { q1: medianMs, q3: medianMs, min: medianMs, max: medianMs, samples: 1 },
});
const unsupported: Row = {
  ...{ layer: "3x3", operation: "forward", backend: "scipy", role: "peer", version: "", threads: 1 },
  ...{ status: "unsupported", reason: "one channel only" },
};
const rows = [row("cpu", "ours", 2), row("slow", "peer", 5), unsupported, row("wasm-peak", "limit", 1.5)];

/** The cells of the lines of a table, without its frame. */
const lines = (text: string): string[][] =>
  stripVTControlCharacters(text)
    .split("\n")
    .map((line) => line.split("│").map((cell) => cell.trim()))
    .map((cells) => cells.slice(1, -1))
    .filter((cells) => cells.length > 0);

test("a ratio says how many times faster the first is", () => {
  expect(ratio(rows[0], rows[1])).toBe(2.5);
  expect(ratio(rows[1], rows[0])).toBe(0.4);
});

test("what has no time has no ratio", () => {
  expect(ratio(rows[0], unsupported)).toBeUndefined();
  expect(ratio(undefined, rows[0])).toBeUndefined();
});

test("the part of the limit is the limit's time over the engine's", () => {
  expect(withLimit(rows).map(({ ofLimit }) => ofLimit)).toEqual([0.75, 0.3, undefined, 1]);
});

test("cells are kept apart", () => {
  expect(byCell([...rows, row("cpu", "ours", 1, "5x5")]).map((cell) => cell.length)).toEqual([4, 1]);
});

test("the table of ratios has a line for each cell and a column for each peer", () => {
  const [head, line] = lines(ratioTable(withLimit(rows)));
  expect(head).toEqual(["cpu against", "slow", "of limit"]);
  expect(line).toEqual(["3x3 · forward", "2.50", "75 %"]);
});

test("the table of times shows every engine, and names what has no kernel", () => {
  const text = stripVTControlCharacters(timesTable(withLimit(rows)));
  for (const part of ["3x3 · forward", "cpu", "slow", "wasm-peak", "not implemented by scipy"])
    expect(text).toContain(part);
});

test("a wrong result is shown with what is wrong, and without a time", () => {
  const wrong: Row = { ...unsupported, backend: "hasty", status: "wrong", reason: "Z at 0 is 1, expected 2" };
  expect(lines(timesTable([wrong]))[2]).toEqual(["hasty", "1", "wrong: Z at 0 is 1, expected 2"]);
});
