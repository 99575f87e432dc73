import { expect, test } from "vitest";
import { workgroups } from "./dispatch.ts";
import { capacityFor } from "./pool.ts";

const most = { x: 65_535, y: 65_535 };

test("as many workgroups as one axis holds are dispatched along it", () => {
  expect(workgroups(1, most)).toEqual([1, 1]);
  expect(workgroups(65_535, most)).toEqual([65_535, 1]);
});

test("more go on along the second axis: none is lost, and few are idle", () => {
  for (const count of [65_536, 65_537, 2 ** 17, 2 ** 24 + 11, 65_535 ** 2]) {
    const [x, y] = workgroups(count, most);
    expect(x * y).toBeGreaterThanOrEqual(count);
    expect(x * y - count).toBeLessThan(y);
    expect(Math.max(x, y)).toBeLessThanOrEqual(65_535);
  }
});

test("what two axes do not hold is refused", () => {
  expect(() => workgroups(65_535 ** 2 + 1, most)).toThrow("more than the 65535 × 65535 of a dispatch");
});

test("a buffer of the pool holds what it is for, and wastes less than a quarter of it", () => {
  for (const bytes of [4, 256, 257, 1000, 1024, 1025, 2 ** 20 - 4, 2 ** 20 + 4, 3_000_000]) {
    const capacity = capacityFor(bytes);
    expect(capacity).toBeGreaterThanOrEqual(bytes);
    expect(capacity % 4).toBe(0);
    if (bytes > 256) expect(capacity).toBeLessThan(1.26 * bytes);
  }
});
