import { describe, expect, it } from "vitest";
import { gamma, magnitude, magnitudeIn } from "../../reference/index.ts";
import { type Declaration, largestFinite, smallestNormal, smallestSubnormal } from "../../spec/index.ts";
import { margin, ruleOf } from "./judge.ts";

const at = { tensor: "V", offset: 0 };
const direct: Declaration = { algorithm: "direct" };
const element = (...values: number[]) => values.map((value) => magnitude.embed(value, at)).reduce(magnitude.add);
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("the comparator", () => {
  it("passes equal bits and nothing else where the element is exact", () => {
    const rule = ruleOf(12, element(3, 9), direct, "f32");
    expect(rule.allowed).toBe(0);
    expect(margin(12, rule)).toBe(0);
    expect(margin(Math.fround(12 + 2 ** -20), rule)).toBe(inf);
    expect(margin(nan, rule)).toBe(inf);
    expect(margin(inf, rule)).toBe(inf);
  });

  it("takes −0 and +0 for the same, unless a choice tells them apart", () => {
    const rule = ruleOf(0, element(3, -3), direct, "f32");
    expect(margin(-0, rule)).toBe(0);
    expect(margin(0, ruleOf(-0, element(-0), direct, "f32"))).toBe(0);
    expect(margin(-0, { ...rule, signedZero: true })).toBe(inf);
    expect(margin(0, { ...rule, signedZero: true })).toBe(0);
  });

  it("takes every NaN for NaN, whatever its payload", () => {
    const rule = ruleOf(nan, element(nan, 1), direct, "f32");
    const payload = new Float32Array(new Uint32Array([0xffc12345]).buffer)[0];
    expect(margin(payload, rule)).toBe(0);
    expect(margin(1, rule)).toBe(inf);
    expect(margin(inf, rule)).toBe(inf);
  });

  it("tells infinities from each other and from finite numbers when an input was infinite", () => {
    const rule = ruleOf(inf, element(inf, 1), direct, "f32");
    expect(margin(inf, rule)).toBe(0);
    expect(margin(-inf, rule)).toBe(inf);
    expect(margin(largestFinite("f32"), rule)).toBe(inf);
  });

  it("allows γ(n+2) of Σ|x| and the rounding of the result, no more", () => {
    const values = [1 / 3, -5 / 7, 2 ** -9 / 11];
    const sum = element(...values);
    const exact = values.reduce((a, b) => a + b);
    const rule = ruleOf(Math.fround(exact), sum, direct, "f32");
    const bound = values.reduce((total, value) => total + Math.abs(value), 0);
    expect(rule.allowed).toBeCloseTo(gamma(4, 2 ** -24) * bound + 2 * 2 ** -24 * Math.abs(exact), 12);
    expect(margin(Math.fround(exact) + rule.allowed * 0.99, rule)).toBeLessThan(1);
    expect(margin(Math.fround(exact) + rule.allowed * 1.01, rule)).toBeGreaterThan(1);
  });

  it("allows less to who declares a wider accumulator, and holds f16 to f16", () => {
    const sum = element(1 / 3, -5 / 7);
    const wide = ruleOf(0.1, sum, { ...direct, accumulation: "f64" }, "f32");
    const same = ruleOf(0.1, sum, direct, "f32");
    const narrow = ruleOf(0.1, sum, { ...direct, accumulation: "f16" }, "f32");
    expect(wide.allowed).toBeLessThan(same.allowed / 2);
    expect(narrow.allowed).toBeGreaterThan(same.allowed * 1000);
  });

  it("is exact up to the last representable sum and not one beyond it", () => {
    expect(ruleOf(2 ** 24, element(2 ** 24 - 1, 1), direct, "f32").allowed).toBe(0);
    expect(ruleOf(2 ** 24, element(2 ** 24, 1), direct, "f32").allowed).toBeGreaterThan(0);
    expect(ruleOf(2 ** 24, element(2 ** 24, 1), { ...direct, accumulation: "f64" }, "f32").allowed).toBeGreaterThan(0);
    expect(ruleOf(2048, element(2047, 1), direct, "f16").allowed).toBe(0);
    expect(ruleOf(2048, element(2047, 2), direct, "f16").allowed).toBeGreaterThan(0);
  });

  it("lets subnormals be flushed only by who declares it", () => {
    const tiny = smallestSubnormal("f32") * 3;
    const product = magnitude.multiply(magnitude.embed(tiny, at), magnitude.embed(1, at));
    expect(margin(0, ruleOf(tiny, product, direct, "f32"))).toBe(inf);
    expect(margin(0, ruleOf(tiny, product, { ...direct, flushesSubnormals: true }, "f32"))).toBeLessThanOrEqual(1);
    const normal = magnitude.multiply(magnitude.embed(smallestNormal("f32") * 8, at), magnitude.embed(1, at));
    expect(
      margin(0, ruleOf(smallestNormal("f32") * 8, normal, { ...direct, flushesSubnormals: true }, "f32")),
    ).toBeGreaterThan(1);
  });

  it("lets a sum overflow on the way only where some order of it does", () => {
    const huge = largestFinite("f32") * 0.75;
    const sum = ruleOf(huge, element(huge, huge, -huge), direct, "f32");
    expect(margin(inf, sum)).toBe(0);
    expect(margin(nan, sum)).toBe(0);
    expect(margin(huge, sum)).toBe(0);
    expect(margin(huge * 1.5, sum)).toBeGreaterThan(1);
    const far = ruleOf(huge / 4, element(huge / 8, huge / 8, 1 / 3), direct, "f32");
    expect(margin(inf, far)).toBe(inf);
  });

  it("takes the largest number for an overflow that is within the error of it", () => {
    const half = largestFinite("f32") / 2;
    const rule = ruleOf(inf, element(half, half, 2 ** 104, 2 ** 100 / 3), direct, "f32");
    expect(margin(inf, rule)).toBe(0);
    expect(margin(largestFinite("f32"), rule)).toBeLessThanOrEqual(1);
    expect(margin(half, rule)).toBeGreaterThan(1);
  });

  it("rounds a transform's result on exact data to what it stands for, and reports how far off it was", () => {
    const rule = ruleOf(12, element(3, 9), { algorithm: "transform" }, "f32", () => 0.25);
    expect(margin(12.25, rule)).toBe(0.5);
    expect(margin(11.9, rule)).toBeCloseTo(0.2);
    expect(margin(12.75, rule)).toBe(inf);
  });

  it("holds a transform to its own bound where that does not tell neighbouring exact results apart", () => {
    const rule = ruleOf(12, element(3, 9), { algorithm: "transform" }, "f32", () => 2);
    expect(margin(13, rule)).toBeLessThan(1);
    expect(margin(15, rule)).toBeGreaterThan(1);
    const nothing = ruleOf(0, element(0), { algorithm: "transform" }, "f32", () => 2 ** -20);
    expect(margin(2 ** -21, nothing)).toBeLessThan(1);
    expect(margin(2 ** -19, nothing)).toBeGreaterThan(1);
  });

  it("bounds a quotient by what is left of its divisor, and gives no bound where nothing is left", () => {
    const x = magnitudeIn({ dtype: "f32" });
    const [one, near] = [x.embed(1, at), x.embed(1 + 2 ** -20, at)];
    const difference = x.add(near, x.scale(one, -1, 1));
    const rule = ruleOf(2 ** 20, x.divide(one, difference), direct, "f32");
    expect(rule.allowed).toBeGreaterThan(2 ** 20 * 2 ** -4);
    expect(rule.allowed).toBeLessThan(2 ** 21);
    const nothing = x.divide(one, x.add(one, x.scale(one, -1, 1)));
    expect(margin(123, ruleOf(inf, nothing, direct, "f32"))).toBe(0);
    expect(margin(nan, ruleOf(inf, nothing, direct, "f32"))).toBe(0);
  });

  it("gives no bound to a quotient whose divisor may overflow on the way, and decides by IEEE 754 where an input did", () => {
    const x = magnitudeIn({ dtype: "f16" });
    const squares = x.multiply(x.embed(300, at), x.embed(300, at));
    expect(x.divide(x.embed(1, at), x.sqrt(squares)).unbounded).toBe(true);
    const infinite = x.divide(x.embed(1, at), x.sqrt(x.embed(inf, at)));
    expect(margin(2 ** -10, ruleOf(0, infinite, direct, "f16"))).toBe(inf);
  });

  it("allows a constant to be rounded to the format of the tensors, also under a wider accumulator", () => {
    const wide: Declaration = { ...direct, accumulation: "f64" };
    const x = magnitudeIn({ dtype: "f32", accumulation: "f64" });
    const tenth = x.multiply(x.embed(0.1, { tensor: "", offset: 0 }), x.embed(3, at));
    const rounding = 3 * Math.abs(0.1 - Math.fround(0.1));
    expect(ruleOf(Math.fround(0.3), tenth, wide, "f32").allowed).toBeGreaterThan(rounding);
    const half = x.multiply(x.embed(0.5, { tensor: "", offset: 0 }), x.embed(3, at));
    expect(ruleOf(1.5, half, wide, "f32").allowed).toBe(0);
  });

  it("takes a root of what may be zero for no farther from it than the root of the error", () => {
    const x = magnitudeIn({ dtype: "f32" });
    const third = x.embed(Math.fround(1 / 3), at);
    const vanishing = x.sqrt(x.add(third, x.scale(third, -1, 1)));
    const { allowed } = ruleOf(0, vanishing, direct, "f32");
    expect(allowed).toBeGreaterThan(2 ** -13);
    expect(allowed).toBeLessThan(2 ** -10);
  });
});
