import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Arithmetic, exact, exactly, integers, NoInteger, rounded, roundedInteger } from "./index.ts";

const at = { tensor: "V", offset: 0 };

/** What a number system makes of one operation on two doubles. */
type Operation = <T>(x: Arithmetic<T>, a: T, b: T) => T;

const operations: Readonly<Record<string, Operation>> = {
  add: (x, a, b) => x.add(a, b),
  multiply: (x, a, b) => x.multiply(a, b),
  max: (x, a, b) => x.max(a, b),
  divide: (x, a, b) => x.divide(a, b),
  sqrt: (x, a) => x.sqrt(a),
  "scale by 3/7": (x, a) => x.scale(a, 3, 7),
  "scale by -1": (x, a) => x.scale(a, -1, 1),
  "a·b, then / b": (x, a, b) => x.divide(x.multiply(a, b), b),
  "√(a·a)": (x, a) => x.sqrt(x.multiply(a, a)),
};

/** Integers near zero, and near every power of two that a double holds exactly. */
const values = fc.oneof(
  fc.integer({ min: -40, max: 40 }),
  fc
    .record({ power: fc.integer({ min: 10, max: 53 }), near: fc.integer({ min: -9, max: 9 }), negative: fc.boolean() })
    .map(({ power, near, negative }) => (negative ? -1 : 1) * (2 ** power + near)),
  fc.maxSafeInteger(),
);

/** The double an operation on integers gives, or undefined where it is left to the exact numbers. */
function amongIntegers(operation: Operation, a: number, b: number): number | undefined {
  try {
    return operation(integers, integers.embed(a, at), integers.embed(b, at));
  } catch (thrown) {
    if (thrown instanceof NoInteger) return undefined;
    throw thrown;
  }
}

describe("integers as doubles", () => {
  it.each(Object.entries(operations))("%s gives what exact numbers give, or nothing", (_, operation) => {
    let given = 0;
    fc.assert(
      fc.property(values, values, (a, b) => {
        const got = amongIntegers(operation, a, b);
        if (got === undefined) return;
        given += 1;
        expect(got).toBe(rounded(operation(exact, exactly(a), exactly(b)), "f64"));
        expect(exact.compare(operation(exact, exactly(a), exactly(b)), exactly(got))).toBe(0);
      }),
      { seed: 1, numRuns: 2000 },
    );
    expect(given).toBeGreaterThan(20);
  });

  it("compares", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(integers.compare(a, b)).toBe(exact.compare(exactly(a), exactly(b)));
      }),
      { seed: 1 },
    );
  });

  it.each([0.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 60)])("does not take %s", (value) => {
    expect(() => integers.embed(value, at)).toThrow(NoInteger);
  });

  it.each([
    ["a sum beyond 2^53", () => integers.add(2 ** 53 - 1, 1)],
    ["a product beyond 2^53", () => integers.multiply(2 ** 27, 2 ** 27)],
    ["a quotient that rounds to an integer", () => integers.divide(2 ** 53 - 1, 2 ** 27 + 1)],
    ["a quotient by zero", () => integers.divide(1, 0)],
    ["a root that rounds to an integer", () => integers.sqrt(2 ** 52 + 1)],
    ["a root of a negative number", () => integers.sqrt(-4)],
    ["a scale that does not divide", () => integers.scale(5, 1, 2)],
  ])("leaves %s to the exact numbers", (_, operation) => {
    expect(operation).toThrow(NoInteger);
  });

  it("rounds once to a format", () => {
    fc.assert(
      fc.property(values, fc.constantFrom("f16" as const, "f32" as const, "f64" as const), (value, dtype) => {
        if (Number.isSafeInteger(value)) expect(roundedInteger(value, dtype)).toBe(rounded(exactly(value), dtype));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
