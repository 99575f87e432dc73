import { expect, it } from "vitest";
import { random } from "./random.ts";

it("draws the same numbers everywhere", () => {
  const source = random(1, "correlate/exact/stride-2d");
  const again = random(1, "correlate/exact/stride-2d");
  const drawn = Array.from({ length: 4 }, source.next);
  expect(drawn).toEqual(Array.from({ length: 4 }, again.next));
  expect(random(2, "correlate/exact/stride-2d").next()).not.toBe(drawn[0]);
  expect(random(1, "correlate/exact/stride-1d").next()).not.toBe(drawn[0]);
});

it("starts from the published test vector of FNV-1a and the finaliser of MurmurHash3", () => {
  // FNV-1a-32 of "a" is 0xe40c292c; the finaliser maps 0 to 0.
  const cancelled = (0x100000000 - 0x9e3779b9) >>> 0;
  expect(random((0xe40c292c ^ cancelled) >>> 0, "a").next()).toBe(0);
});

it("reaches both ends of a range and nothing beyond", () => {
  const { integer } = random(1, "range");
  const drawn = new Set(Array.from({ length: 1000 }, () => integer(-7, 8)));
  expect(drawn.size).toBe(16);
  expect(Math.min(...drawn)).toBe(-7);
  expect(Math.max(...drawn)).toBe(8);
});
