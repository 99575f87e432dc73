import { describe, expect, test } from "vitest";
import { exponentOf, spreadOf } from "./statistics.ts";

describe("the spread of samples", () => {
  test("has the middle and the quartiles, whatever the order", () => {
    const spread = { median: 3, q1: 2, q3: 4, min: 1, max: 5, samples: 5 };
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual(spread);
  });

  test("of an even number has the mean of the two in the middle", () => {
    expect(spreadOf([10, 1, 2, 3]).median).toBe(2.5);
  });

  test("is not moved by one slow turn", () => {
    expect(spreadOf([1, 1, 1, 1, 1000]).median).toBe(1);
  });

  test("leaves the samples as they were", () => {
    const samples = [3, 1, 2];
    spreadOf(samples);
    expect(samples).toEqual([3, 1, 2]);
  });

  test("of no samples is refused", () => {
    expect(() => spreadOf([])).toThrow("at least one sample");
  });
});

test("the exponent of a power is found", () => {
  const points = [1, 2, 4, 8].map((x): [number, number] => [x, 5 * x ** 1.5]);
  expect(exponentOf(points)).toBeCloseTo(1.5, 12);
});
