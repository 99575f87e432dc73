import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, type Exact, exact, exactly, rounded } from "./index.ts";

const value = (a: Exact): number => rounded(a, "f64");

describe("exact numbers", () => {
  it("embeds a double from its bits, not from its digits", () => {
    expect(exactly(0.1)).toEqual({ m: 0x1999999999999an, e: -56, q: 1n });
    expect(exact.multiply(exactly(0.1), exactly(10))).not.toEqual(exactly(1));
  });

  it("adds, multiplies and compares integers as integers", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        const [x, y] = [exactly(a), exactly(b)];
        expect(exact.add(x, y)).toMatchObject({ m: BigInt(a) + BigInt(b) });
        expect(exact.multiply(x, y)).toMatchObject({ m: BigInt(a) * BigInt(b) });
        expect(compare(x, y)).toBe(Math.sign(a - b));
      }),
      { seed: 1 },
    );
  });

  it("cancels what no float could", () => {
    const sum = [1e308, 1, -1e308, 2 ** -1074].map(exactly).reduce<Exact>(exact.add, exact.zero);
    expect(exact.add(sum, exactly(-1))).toMatchObject({ m: 1n, e: -1074 });
  });

  it("divides only where asked to, and keeps quotients in lowest terms", () => {
    const third = exact.scale(exactly(1), 1, 3);
    expect(third).toEqual({ m: 1n, e: 0, q: 3n });
    expect(exact.multiply(third, exactly(6))).toMatchObject({ q: 1n });
    expect(value(exact.scale(exactly(-5), 1, -12))).toBe(5 / 12);
    expect(() => exact.scale(exactly(1), 1, 0)).toThrow(RangeError);
  });

  it("treats what is not finite as IEEE 754 does", () => {
    const numbers = fc.constantFrom(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -0,
      0,
      1.5,
      -3,
      2 ** -1074,
    );
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [x, y] = [exactly(a), exactly(b)];
        expect(value(exact.add(x, y)) + 0).toBe(a + b + 0);
        if (Math.abs(a * b) === 0 && a !== 0 && b !== 0) return;
        expect(value(exact.multiply(x, y)) + 0).toBe(a * b + 0);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it("takes the maximum as IEEE 754-2019 does: NaN wins, +0 is above −0", () => {
    const max = (a: number, b: number) => value(exact.max(exactly(a), exactly(b)));
    expect(max(Number.NaN, 1)).toBeNaN();
    expect(max(1, Number.NaN)).toBeNaN();
    expect(max(-0, 0)).toBe(0);
    expect(max(0, -0)).toBe(0);
    expect(max(-0, -0)).toBe(-0);
    expect(max(Number.NEGATIVE_INFINITY, -5)).toBe(-5);
    expect(max(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});
