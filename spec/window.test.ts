import { describe, expect, it } from "vitest";
import { type Padding, type Rounding, resolvePadding, resolveWindow, windowCount } from "./window.ts";

/** Counts window positions one by one, as a person with a ruler would. */
const counted = (n: number, e: number, s: number, begin: number, end: number): number => {
  let count = 0;
  for (let start = -begin; start + e <= n + end; start += s) count += 1;
  return count;
};

const every = function* (): Generator<[n: number, e: number, s: number, begin: number, end: number]> {
  for (let n = 1; n <= 9; n++)
    for (let e = 1; e <= 6; e++)
      for (let s = 1; s <= 5; s++)
        for (const [begin, end] of [
          [0, 0],
          [1, 0],
          [0, 2],
          [3, 1],
        ])
          if (e <= n + begin + end) yield [n, e, s, begin, end];
};

describe("the number of windows", () => {
  it("is the number of positions that fit, rounded down", () => {
    for (const [n, e, s, begin, end] of every())
      expect(windowCount(n, e, s, begin, end, "floor"), `${[n, e, s, begin, end]}`).toBe(counted(n, e, s, begin, end));
  });

  it("rounded up has one more where cells are left over, if it begins before the end of the input", () => {
    for (const [n, e, s, begin, end] of every()) {
      const fitting = counted(n, e, s, begin, end);
      const start = fitting * s - begin;
      const leftOver = (n + begin + end - e) % s !== 0;
      expect(windowCount(n, e, s, begin, end, "ceil"), `${[n, e, s, begin, end]}`).toBe(
        fitting + (leftOver && start < n ? 1 : 0),
      );
    }
  });

  it.each<Rounding>(["floor", "strict"])(
    "is ceil((N − F + 1)/s) without padding, as SHAPE-8 has it (%s)",
    (rounding) => {
      for (const [n, e, s, begin, end] of every())
        if (begin + end === 0) expect(windowCount(n, e, s, 0, 0, rounding)).toBe(Math.ceil((n - e + 1) / s));
    },
  );
});

describe("padding by name", () => {
  const extent = (padding: Padding, n: number, r: number, s: number): number =>
    resolveWindow([n], [r], { stride: [s], dilation: [1], padding, rounding: "floor" }).extents[0];

  it("same gives ceil(N/s), whatever the kernel", () => {
    for (const [n, e, s] of every()) {
      expect(extent("same", n, e, s)).toBe(Math.ceil(n / s));
      expect(extent("same-lower", n, e, s)).toBe(Math.ceil(n / s));
    }
  });

  it("puts the odd cell after the input, or before it", () => {
    expect(resolvePadding("same", 0, 4, 2, 1)).toEqual([0, 1]);
    expect(resolvePadding("same-lower", 0, 4, 2, 1)).toEqual([1, 0]);
    expect(resolvePadding("same", 0, 9, 5, 1)).toEqual([2, 2]);
  });

  it("same never pads less than nothing, where the stride skips input", () => {
    expect(resolvePadding("same", 0, 7, 1, 3)).toEqual([0, 0]);
  });

  it("full gives N + F − 1 and valid N − F + 1", () => {
    expect(extent("full", 7, 3, 1)).toBe(9);
    expect(extent("valid", 7, 3, 1)).toBe(5);
  });
});
