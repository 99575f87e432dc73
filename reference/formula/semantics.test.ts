import { describe, expect, test } from "vitest";
import { operatorNamed, type Tensor } from "../../spec/index.ts";
import { exactly } from "../arithmetics/exact.ts";
import { encode } from "../rounding.ts";
import { disagreement, ratioOf } from "./agreement.ts";
import { evaluateFormula, runFormula, termCount } from "./evaluate.ts";
import { equation } from "./parse.ts";
import { toTex } from "./tex.ts";
import { embedded, ratio, sameRatio } from "./value.ts";

const line = (...values: number[]): Tensor => encode("f64", [1, 1, values.length], values);

const run = (text: string, V: Tensor, K: Tensor, attributes: object = {}): string[] => {
  const complete = operatorNamed("correlate").complete({ V, K }, attributes);
  return runFormula(text, "correlate", { V, K }, complete).Z.map(({ n, d }) => (d === 1n ? `${n}` : `${n}/${d}`));
};

describe("sums run over all values for which every index is valid", () => {
  test("an index that stands alone at an axis runs along it", () => {
    expect(run("Z[i] = Sum(V[m] * V[m], m)", line(1, 2, 3), line(1))).toEqual(["14", "14", "14"]);
  });

  test("a term with an index outside its tensor is no term", () => {
    expect(run("Z[i] = Sum(V[i+m] * K[m], m)", line(1, 2, 3), line(10))).toEqual(["20", "30", "0"]);
  });

  test("an index that is no whole number is outside", () => {
    expect(run("Z[i] = Sum(V[m/2], m=1:6)", line(1, 2, 3), line(1))).toEqual(["6", "6", "6"]);
  });

  test("a range may be given, and depend on the indices around", () => {
    expect(run("Z[i] = Sum(m, m=1:i)", line(1, 2, 3), line(1))).toEqual(["1", "3", "6"]);
  });

  test("Count counts terms, or those for which a condition holds", () => {
    expect(run("Z[i] = Count(V[i+m], m=0:5)", line(7, 7, 7), line(1))).toEqual(["3", "2", "1"]);
    expect(run("Z[i] = Count(i < m <= 3, m=0:5)", line(7, 7, 7), line(1))).toEqual(["2", "1", "0"]);
  });

  test("a condition beside the indices leaves out the terms that do not meet it", () => {
    expect(run("Z[i] = Sum(V[m], m, i < m)", line(1, 2, 3), line(1))).toEqual(["5", "3", "0"]);
    expect(run("Z[i] = Count(V[m], m, 2 <= m <= i)", line(1, 2, 3), line(1))).toEqual(["0", "1", "2"]);
  });

  test("a condition may compare values, and does not hold where an index in it is not valid", () => {
    expect(run("Z[i] = Sum(V[m], m, V[m] > V[i])", line(4, 1, 9), line(1))).toEqual(["9", "13", "0"]);
    expect(run("Z[i] = Sum(V[m], m, V[m] == Max(V[m+k], k=0:1))", line(4, 1, 9), line(1))).toEqual(["13", "13", "13"]);
    expect(run("Z[i] = Sum(V[i], m=1:3, V[m+1] >= V[m])", line(4, 1, 9), line(1))).toEqual(["4", "1", "9"]);
  });

  test("among values NaN is above all others and level with itself, as it is in a maximum", () => {
    const V = line(2, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN);
    expect(run("Z[i] = Count(V[m] == Max(V[k], k), m)", V, line(1))).toEqual(["2", "2", "2", "2"]);
    expect(run("Z[i] = Count(V[m] > V[i], m)", V, line(1))).toEqual(["3", "0", "2", "0"]);
  });

  test("the largest of nothing is −∞", () => {
    expect(run("Z[i] = Max(V[i+m], m=2:2)", line(4, 5, 6), line(1))).toEqual(["6", "-1/0", "-1/0"]);
  });

  test("what is added outside every sum must be there", () => {
    expect(() => run("Z[i] = V[i+1]", line(1, 2), line(1))).toThrow(RangeError);
  });
});

describe("a formula that means nothing is refused", () => {
  for (const [text, reason] of [
    ["Z[i] = Sum(V[i+m] * q, m=1:2)", /letter q/],
    ["Z[i] = Sum(V[i+m], m)", /range of m/],
    ["Z[i] = Sum(W[m], m)", /range of m/],
    ["Z[i] = Sum(V[i], i)", /index i/],
    ["Z[i] = Sum(V[m,m,m,m], m)", /4 indices for V/],
    ["Z[i] = Sum(V[m] * V[m,m], m)", /2 indices, V/],
    ["Z[i] = V[V[i]]", /cannot contain/],
    ["Z[i] = 0.5", /integer/],
    ["Z[i] = sin(i)", /cannot contain/],
    ["Y[i] = V[i]", /output Y/],
    ["Z[i+1] = V[i]", /bare/],
    ["Z", /no equation/],
  ] as const) {
    test(text, () => {
      expect(() => run(text, line(1, 2), line(1))).toThrow(reason);
    });
  }
});

describe("values", () => {
  test("a stored number is the fraction its bits say", () => {
    expect(ratio(embedded(0.1))).toEqual({ n: 3602879701896397n, d: 36028797018963968n });
    expect(ratio(embedded(-Number.MIN_VALUE))).toEqual({ n: -1n, d: 2n ** 1074n });
    expect(ratio(embedded(Number.MAX_VALUE)).n).toBe(2n ** 1024n - 2n ** 971n);
    for (const value of [0, -0, 0.1, -3.75, 1e300, 5e-324, Number.NaN, Number.NEGATIVE_INFINITY])
      expect(ratioOf(exactly(value))).toEqual(ratio(embedded(value)));
  });

  test("roots are kept exactly, and like ones add up however they are written", () => {
    const attributes = operatorNamed("correlate").complete({ V: line(1), K: line(1) }, {});
    const roots = (text: string, V: Tensor) => runFormula(text, "correlate", { V, K: line(1) }, attributes).Z;
    const whole = (n: bigint, d = 1n) => ({ n, d });
    expect(roots("Z[i] = sqrt(V[i])", line(9, 0, 0.25))).toEqual([whole(3n), whole(0n), whole(1n, 2n)]);
    const threeRootTwo = { ...whole(0n), roots: [{ b: whole(3n), r: whole(2n) }] };
    expect(sameRatio(roots("Z[i] = sqrt(V[i]) * sqrt(2*V[i])", line(3))[0], threeRootTwo)).toBe(true);
    expect(roots("Z[i] = sqrt(2*V[i]) * sqrt(2*V[i]) + 1/sqrt(V[i]) - sqrt(V[i])/V[i]", line(5))).toEqual([whole(10n)]);
    const [eight] = roots("Z[i] = 1 + sqrt(V[i])", line(8));
    const [twoRootTwo] = roots("Z[i] = 1 + 4/sqrt(V[i])", line(2));
    expect(sameRatio(eight, twoRootTwo)).toBe(true);
    expect(sameRatio(eight, roots("Z[i] = 1 - sqrt(V[i])", line(8))[0])).toBe(false);
  });

  test("NaN and infinities propagate as in the reference", () => {
    const special = [0, 1, -2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];
    for (const v of special) {
      for (const w of special) {
        const inputs = { V: line(v, 3, w, -1), K: line(w, v) };
        for (const operator of ["correlate", "convolve"] as const)
          expect(
            disagreement(operator, inputs, operatorNamed(operator).complete(inputs, { padding: "full" })),
          ).toBeUndefined();
        for (const operator of ["max-pool", "average-pool"] as const) {
          const attributes = operatorNamed(operator).complete(inputs, { window: [2], padding: [[1, 1]] });
          expect(disagreement(operator, { V: inputs.V }, attributes)).toBeUndefined();
        }
      }
    }
  });

  test("a window without an element is −∞ in a maximum, NaN or zero in an average", () => {
    const V = line(5);
    const window = { window: [2], dilation: [3], padding: [[2, 1]], stride: [1], rounding: "floor" };
    expect(evaluateFormula("max-pool", { V }, window).Z).toEqual([{ n: -1n, d: 0n }]);
    expect(evaluateFormula("average-pool", { V }, { ...window, divisor: "valid" }).Z).toEqual([{ n: 0n, d: 0n }]);
    expect(evaluateFormula("average-pool", { V }, { ...window, divisor: "padded" }).Z).toEqual([{ n: 0n, d: 1n }]);
  });
});

test("the terms of a call are known before it runs, and can be limited", () => {
  const inputs = { V: line(1, 2, 3, 4, 5), K: line(1, 2) };
  const attributes = operatorNamed("correlate").complete(inputs, {});
  expect(termCount("correlate", inputs, attributes)).toBe(8);
  expect(() => evaluateFormula("correlate", inputs, attributes, { limit: 7 })).toThrow(RangeError);
  expect(evaluateFormula("correlate", inputs, attributes, { limit: 8 }).Z).toHaveLength(4);
});

test("a formula is read once", () => {
  expect(equation("Z[i] = V[i]")).toBe(equation("Z[i] = V[i]"));
});

describe("TeX", () => {
  for (const [text, tex] of [
    ["Z[i] = b[i] + Sum(V[l, i+m-1] * K[l,m], l, m)", "Z_{i} = b_{i} + \\sum_{l, m} V_{l, i + m - 1} \\, K_{l, m}"],
    ["Z[p1] = Max(V[p1*s1], k1=1:R1)", "Z_{p_{1}} = \\max_{1 \\le k_{1} \\le R_{1}} V_{p_{1} \\, s_{1}}"],
    ["O = floor((N - F)/S) + 1", "O = \\left\\lfloor \\frac{N - F}{S} \\right\\rfloor + 1"],
    ["Z[i] = Count(m <= X, m=1:R)", "Z_{i} = \\#\\{\\, 1 \\le m \\le R \\;:\\; m \\le X \\,\\}"],
    ["Z[i] = Count(1 < m <= X, m=1:R)", "Z_{i} = \\#\\{\\, 1 \\le m \\le R \\;:\\; 1 < m \\le X \\,\\}"],
    ["Z[i] = Sum(V[m], m=1:R, V[m] > 0)", "Z_{i} = \\sum_{\\substack{1 \\le m \\le R \\\\ V_{m} > 0}} V_{m}"],
    ["Z[i] = sqrt(V[i]^2)", "Z_{i} = \\sqrt{V_{i}^{2}}"],
    ["Z[i] = Count(V[m], m)", "Z_{i} = \\#\\{\\, m \\;:\\; V_{m} \\text{ is an element} \\,\\}"],
  ] as const) {
    test(text, () => {
      expect(toTex(text)).toBe(tex);
    });
  }
});
