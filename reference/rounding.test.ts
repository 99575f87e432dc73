import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DType, largestFinite, smallestNormal, smallestSubnormal } from "../spec/index.ts";
import { decode, encode, exact, exactly, type Finite, round } from "./index.ts";

const finite = (value: number): Finite => exactly(value) as Finite;

/** The exact midpoint of two doubles, perhaps a little off it. */
const between = (low: number, high: number, nudge: -1n | 0n | 1n): Finite => {
  const sum = exact.add(finite(low), finite(high)) as Finite;
  const fine = { m: (sum.m << 200n) + nudge, e: sum.e - 200, q: 1n };
  return exact.scale(fine, 1, 2) as Finite;
};

describe("rounding an exact value", () => {
  it("leaves every double as it is", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        if (!Object.is(value, -0)) expect(round(finite(value), "f64")).toBe(value);
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  it("rounds doubles to single precision as the hardware does", () => {
    const doubles = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, min: -1e-37, max: 1e-37 }),
      fc.double({ noNaN: true, min: 3e38, max: 4e38 }),
    );
    fc.assert(
      fc.property(doubles, (value) => {
        if (!Object.is(value, -0)) expect(round(finite(value), "f32")).toBe(Math.fround(value));
      }),
      { numRuns: 20000, seed: 1 },
    );
  });

  it("takes halves of single precision to the even neighbour, and what is beside them to the nearer", () => {
    const bits = new Uint32Array(1);
    const float = new Float32Array(bits.buffer);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7f7ffffe }), (pattern) => {
        bits[0] = pattern;
        const low = float[0];
        bits[0] = pattern + 1;
        const high = float[0];
        const even = pattern % 2 === 0 ? low : high;
        expect(round(between(low, high, 0n), "f32")).toBe(even);
        expect(Math.fround((low + high) / 2)).toBe(even);
        expect(round(between(low, high, -1n), "f32")).toBe(low);
        expect(round(between(low, high, 1n), "f32")).toBe(high);
      }),
      { numRuns: 20000, seed: 1 },
    );
  });

  it("takes halves of double precision to the even neighbour, subnormals among them", () => {
    const bits = new BigUint64Array(1);
    const double = new Float64Array(bits.buffer);
    const patterns = fc.oneof(fc.bigInt({ min: 0n, max: 0x7feffffffffffffen }), fc.bigInt({ min: 0n, max: 1n << 53n }));
    fc.assert(
      fc.property(patterns, (pattern) => {
        bits[0] = pattern;
        const low = double[0];
        bits[0] = pattern + 1n;
        const high = double[0];
        expect(round(between(low, high, 0n), "f64")).toBe(pattern % 2n === 0n ? low : high);
        expect(round(between(low, high, -1n), "f64")).toBe(low);
        expect(round(between(low, high, 1n), "f64")).toBe(high);
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  it("takes halves of half precision to the even neighbour, over the whole format", () => {
    for (let pattern = 0; pattern < 0x7bff; pattern++) {
      const [low, high] = decode({
        dtype: "f16",
        shape: [2],
        data: Uint16Array.of(pattern, pattern + 1),
      }) as Float64Array;
      expect(round(between(low, high, 0n), "f16")).toBe(pattern % 2 === 0 ? low : high);
      expect(round(between(low, high, 1n), "f16")).toBe(high);
    }
  });

  it.each<DType>(["f16", "f32", "f64"])("overflows %s from half a unit beyond the largest number on", (dtype) => {
    const largest = finite(largestFinite(dtype));
    const unit = { m: 1n, e: 0, q: 1n };
    const half = exact.multiply(largest, exactly(1)) as Finite;
    const last = { m: half.m & -half.m, e: half.e, q: 1n };
    const threshold = exact.add(largest, exact.scale(last, 1, 2)) as Finite;
    expect(round(threshold, dtype)).toBe(Number.POSITIVE_INFINITY);
    const below = exact.add(
      threshold,
      exact.scale(exact.multiply(unit, { m: -1n, e: last.e - 60, q: 1n }), 1, 1),
    ) as Finite;
    expect(round(below, dtype)).toBe(largestFinite(dtype));
    expect(round({ ...threshold, m: -threshold.m }, dtype)).toBe(Number.NEGATIVE_INFINITY);
  });

  it.each<DType>(["f16", "f32", "f64"])("underflows %s gradually", (dtype) => {
    const least = finite(smallestSubnormal(dtype));
    expect(round(least, dtype)).toBe(smallestSubnormal(dtype));
    expect(round(exact.scale(least, 1, 2) as Finite, dtype)).toBe(0);
    expect(round(exact.scale(least, 2, 3) as Finite, dtype)).toBe(smallestSubnormal(dtype));
    expect(round(exact.scale(least, 3, 2) as Finite, dtype)).toBe(2 * smallestSubnormal(dtype));
    const justNormal = exact.add(finite(smallestNormal(dtype)), exact.scale(least, -1, 3)) as Finite;
    expect(round(justNormal, dtype)).toBe(smallestNormal(dtype));
  });

  it("rounds quotients as hardware division does", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (p, q) => {
        expect(round(exact.scale(exactly(1), p, q) as Finite, "f64")).toBe(p / q + 0);
      }),
      { numRuns: 20000, seed: 1 },
    );
  });
});

describe("half precision as bits", () => {
  it("gives every pattern back", () => {
    const all = Uint16Array.from({ length: 65536 }, (_, pattern) => pattern);
    const again = encode("f16", [65536], decode({ dtype: "f16", shape: [65536], data: all }));
    const changed = [...all].filter(
      (pattern) => again.data[pattern] !== pattern && !((pattern & 0x7c00) === 0x7c00 && (pattern & 0x3ff) !== 0),
    );
    expect(changed).toEqual([]);
  });

  it("knows the numbers that the format is named by", () => {
    expect(decode({ dtype: "f16", shape: [4], data: Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001) })).toEqual(
      Float64Array.of(1, -2, 65504, 2 ** -24),
    );
  });
});
