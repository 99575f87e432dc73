import { describe, expect, it } from "vitest";
import { gamma, type Magnitude, magnitude, magnitudeIn } from "../../reference/index.ts";
import { type Declaration, largestFinite, smallestNormal, smallestSubnormal } from "../../spec/index.ts";
import { allowedLocally, computationOf, halfUlp, isExact } from "./allowed.ts";
import { margin, ruleOf } from "./judge.ts";
import { statistics } from "./statistics.ts";
import { allowedByTransform } from "./transform.ts";

const direct: Declaration = { algorithm: "direct" };
const transform: Declaration = { algorithm: "transform" };
const at = { tensor: "V", offset: 0 };
const inf = Number.POSITIVE_INFINITY;
const [largest, least, normal] = [largestFinite("f32"), smallestSubnormal("f32"), smallestNormal("f32")];
const u = 2 ** -24;

const element = (...values: number[]): Magnitude =>
  values.map((value) => magnitude.embed(value, at)).reduce(magnitude.add);
const nothing = magnitude.embed(0, at);

describe("the errors that are allowed, to the last digit", () => {
  it("half a unit in the last place is never less than half the smallest subnormal", () => {
    expect(halfUlp(1, "f32")).toBe(u);
    expect(halfUlp(0, "f32")).toBe(least / 2);
  });

  it("an element without terms is exact whatever its quantum; one at the largest number is, one beyond is not", () => {
    expect(isExact({ ...nothing, quantum: -2000 }, direct, "f32")).toBe(true);
    expect(isExact({ ...element(1), bound: largest, quantum: 104 }, direct, "f32")).toBe(true);
    expect(isExact({ ...element(1), bound: largest * 2, quantum: 110 }, direct, "f32")).toBe(false);
    expect(isExact({ ...element(1), quantum: -150 }, direct, "f32")).toBe(false);
    expect(isExact({ ...element(1), quantum: -150, bound: least / 2 }, direct, "f32")).toBe(false);
    expect(isExact({ ...element(1), quantum: -149, bound: least }, direct, "f32")).toBe(true);
    expect(isExact({ ...element(1), quantum: -149, bound: least }, { ...direct, flushesSubnormals: true }, "f32")).toBe(
      false,
    );
  });

  it("γ(n + 2)·Σ|x||w|, half the smallest subnormal for each product, and two roundings of the result", () => {
    const sum: Magnitude = { ...element(3, 5), roundings: 4, products: 3, absolute: 0.25 };
    const rounding = 2 * halfUlp(7, "f32");
    expect(allowedLocally(sum, 7, direct, "f32")).toBe(gamma(6, u) * 8 + (3 * least) / 2 + 0.25 + rounding);
    expect(allowedLocally(sum, 7, { ...direct, flushesSubnormals: true }, "f32")).toBe(
      gamma(6, u) * 8 + 3 * normal + 0.25 + rounding + normal,
    );
    expect(allowedLocally({ ...nothing, roundings: 1, products: 1 }, 0, direct, "f32")).toBe(1.5 * least);
  });

  it("an input that may be read as zero takes with it what it is multiplied by, however large", () => {
    const product = (flushesSubnormals: boolean) => {
      const x = magnitudeIn({ dtype: "f32", flushesSubnormals });
      return x.multiply(x.embed(3 * least, at), x.embed(2 ** 100, at));
    };
    expect(product(true).absolute).toBe(3 * least * 2 ** 100);
    expect(product(false).absolute).toBe(0);
    const x = magnitudeIn({ dtype: "f32", flushesSubnormals: true });
    expect([x.embed(normal, at).absolute, x.embed(0, at).absolute]).toEqual([0, 0]);
  });

  it("a value that nothing is done to may only be flushed, where it is subnormal and that is declared", () => {
    const flushes = { ...direct, flushesSubnormals: true };
    const untouched = { ...element(1), roundings: 0, absolute: 0 };
    expect(allowedLocally(untouched, least * 3, direct, "f32")).toBe(0);
    expect(allowedLocally(untouched, least * 3, flushes, "f32")).toBe(normal);
    expect(allowedLocally(untouched, -least * 3, flushes, "f32")).toBe(normal);
    expect(allowedLocally(untouched, normal, flushes, "f32")).toBe(0);
    expect(allowedLocally({ ...untouched, absolute: 1 }, normal, direct, "f32")).toBeGreaterThan(1);
  });

  it("what a backend computes in is what it declares, the format of its tensors unless it does", () => {
    expect(computationOf(direct, "f16")).toMatchObject({ dtype: "f16", accumulation: "f16" });
    expect(computationOf({ ...direct, accumulation: "f64", flushesSubnormals: true }, "f32")).toEqual({
      dtype: "f32",
      accumulation: "f64",
      flushesSubnormals: true,
    });
  });
});

describe("the margin", () => {
  it("is that of the nearest multiple of 2^quantum, in halves of it", () => {
    const rule = { expected: 16, allowed: 0, quantum: 3 };
    expect(margin(17, rule)).toBe(0.25);
    expect(margin(13, rule)).toBe(0.75);
    expect(margin(25, rule)).toBe(inf);
  });

  it("takes an expected infinity for the largest number only where overflow is in doubt", () => {
    expect(margin(5, { expected: inf, allowed: 1 })).toBe(inf);
    expect(margin(largest, { expected: inf, allowed: 1, largest })).toBe(inf);
    expect(margin(largest, { expected: inf, allowed: 1, mayOverflow: true })).toBe(inf);
    expect(margin(largest, { expected: inf, allowed: 1, mayOverflow: true, largest })).toBe(0);
    expect(margin(-largest, { expected: -inf, allowed: 1, mayOverflow: true, largest })).toBe(0);
  });
});

describe("the rule", () => {
  const real = element(1 / 3, 5 / 7);

  it("is a transform's only where one is declared and bounded", () => {
    expect(ruleOf(1, real, direct, "f32", () => 100).allowed).toBeLessThan(1);
    expect(ruleOf(1, real, transform, "f32").allowed).toBe(ruleOf(1, real, direct, "f32").allowed);
    expect(ruleOf(12, element(3, 9), transform, "f32").quantum).toBeUndefined();
    expect(ruleOf(1, real, transform, "f32", () => 100).allowed).toBe(100 + 2 * halfUlp(1, "f32"));
  });

  it("rounds a transform's result only where its error is below half the distance of neighbours", () => {
    expect(ruleOf(12, element(3, 9), transform, "f32", () => 0.499).quantum).toBe(0);
    expect(ruleOf(12, element(3, 9), transform, "f32", () => 0.5).quantum).toBeUndefined();
  });

  it("lets overflow pass where a partial sum may reach the largest number of either format", () => {
    expect(ruleOf(1, real, { ...direct, accumulation: "f16" }, "f32").largest).toBe(65_504);
    expect(ruleOf(1, real, { ...direct, accumulation: "f32" }, "f16").largest).toBe(65_504);
    expect(ruleOf(1, { ...real, peak: largest }, direct, "f32").mayOverflow).toBe(true);
    expect(ruleOf(1, { ...real, peak: largest / 2 }, direct, "f32").mayOverflow).toBe(false);
    const close = largest - 2 ** 105;
    const near: Magnitude = { ...real, bound: close, peak: close };
    expect(ruleOf(close, near, direct, "f32").mayOverflow).toBe(true);
  });
});

describe("the bound of a transform", () => {
  const ones = (...shape: number[]) => ({
    shape,
    dtype: "f32" as const,
    data: new Float32Array(shape.reduce((product, extent) => product * extent, 1)).fill(1),
  });

  it("leaves out of its norms what is not finite, which may reach no finite element", () => {
    const [V, K] = [ones(1, 1, 5), ones(1, 1, 3)];
    V.data[2] = 0;
    const clean = allowedByTransform("correlate", { V, K }, "f32")?.([0, 0, 0]);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      V.data[2] = value;
      expect(allowedByTransform("correlate", { V, K }, "f32")?.([0, 0, 0])).toBe(clean);
    }
    expect(clean).toBeGreaterThan(0);
  });

  it("is C·u·log2(P)·‖V‖·‖K‖ with P the power of two that holds the full result of all axes", () => {
    const line = allowedByTransform("correlate", { V: ones(1, 1, 5), K: ones(1, 1, 4) }, "f32");
    expect(line?.([0, 0, 0])).toBe(20 * u * 3 * (Math.sqrt(5) * 2));
    const plane = allowedByTransform("correlate", { V: ones(1, 1, 5, 6), K: ones(1, 1, 4, 4) }, "f32");
    expect(plane?.([0, 0, 0, 0])).toBe(20 * u * (3 + 4) * (Math.sqrt(30) * 4));
    const point = allowedByTransform("correlate", { V: ones(1, 1, 1), K: ones(1, 1, 1) }, "f64");
    expect(point?.([0, 0, 0])).toBe(20 * 2 ** -53);
  });
});

describe("the statistics, by hand", () => {
  const entry = { got: 1 + 2 ** -20, exact: 1, expected: 1, element: { ...element(1, 2), roundings: 3 } };

  it("scale an error by the deviation of its 2n − 1 roundings and of two roundings of the result", () => {
    const spread = Math.sqrt((5 * (u * 3) ** 2 + 2 * u ** 2) / 3);
    const error = 2 ** -20 / spread;
    const found = statistics([entry, entry], direct, "f32", 4);
    expect(found.rms).toBeCloseTo(error, 10);
    expect(found.bias).toBeCloseTo(error / (5 * Math.sqrt((error ** 2 * 7) / 2)), 10);
  });

  it("count an error towards zero as negative, and that of a value without error as none", () => {
    expect(statistics([{ ...entry, got: 1 - 2 ** -20 }], direct, "f32", 1).bias).toBeLessThan(0);
    expect(statistics([{ ...entry, got: 2 ** -20 - 1, exact: -1, expected: -1 }], direct, "f32", 1).bias).toBeLessThan(
      0,
    );
    expect(statistics([{ ...entry, got: 1 }], direct, "f32", 1)).toEqual({ rms: 0, bias: 0 });
    const zero = { got: 0, exact: 0, expected: 0, element: { ...nothing, roundings: 0 } };
    expect(statistics([zero], direct, "f64", 1)).toEqual({ rms: 0, bias: 0 });
  });
});
