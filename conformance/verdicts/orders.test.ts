import { describe, expect, it } from "vitest";
import { type Exact, exact, exactly, type Magnitude, magnitude, rounded } from "../../reference/index.ts";
import { random } from "../../spec/index.ts";
import { margin, ruleOf } from "./judge.ts";

const { fround } = Math;
const at = { tensor: "V", offset: 0 };

type Sum = (x: readonly number[], w: readonly number[], shuffle: readonly number[]) => number;

const forward: Sum = (x, w) => x.reduce((total, value, i) => fround(total + fround(value * w[i])), 0);

const pairwise = (terms: readonly number[]): number =>
  terms.length === 1
    ? terms[0]
    : fround(pairwise(terms.slice(0, terms.length >> 1)) + pairwise(terms.slice(terms.length >> 1)));

/** a·b + c with one rounding, as a fused multiply-add has it. */
const fused = (a: number, b: number, c: number): number =>
  rounded(exact.add(exact.multiply(exactly(a), exactly(b)), exactly(c)), "f32");

/** Correct sums of products, each in an order of its own. */
const sums: Record<string, Sum> = {
  forward,
  reversed: (x, w) => forward(x.toReversed(), w.toReversed(), []),
  shuffled: (x, w, order) =>
    forward(
      order.map((i) => x[i]),
      order.map((i) => w[i]),
      [],
    ),
  pairwise: (x, w) => pairwise(x.map((value, i) => fround(value * w[i]))),
  fused: (x, w) => x.reduce((total, value, i) => fused(value, w[i], total), 0),
  lanes: (x, w) => {
    const lanes = [0, 0, 0, 0];
    for (const [i, value] of x.entries()) lanes[i % 4] = fround(lanes[i % 4] + fround(value * w[i]));
    return pairwise(lanes);
  },
  double: (x, w) => fround(x.reduce((total, value, i) => total + value * w[i], 0)),
};

const draws = 3000;

describe.each(Object.entries(sums))("a correct sum, %s", (name, sum) => {
  it(`never fails its verdict in ${draws} draws`, () => {
    let worst = 0;
    for (let draw = 0; draw < draws; draw++) {
      const source = random(draw, name);
      const n = source.integer(1, 40);
      const exponents = source.integer(0, 30);
      const value = () => fround((source.next() - 2 ** 31) * 2 ** (source.integer(-exponents, exponents) - 31));
      const x = Array.from({ length: n }, value);
      const w = Array.from({ length: n }, value);
      const order = x.map((_, i) => i).sort(() => source.integer(-1, 1));
      const element = x
        .map((v, i) => magnitude.multiply(magnitude.embed(v, at), magnitude.embed(w[i], at)))
        .reduce(magnitude.add) as Magnitude;
      const truth = x.map((v, i) => exact.multiply(exactly(v), exactly(w[i]))).reduce(exact.add);
      const rule = ruleOf(rounded(truth, "f32"), element, { algorithm: "direct" }, "f32");
      worst = Math.max(worst, margin(sum(x, w, order), rule));
    }
    expect(worst).toBeLessThanOrEqual(1);
    if (name !== "double") expect(worst).toBeGreaterThan(0.001);
  });
});

it("a sum that loses its last term fails nearly always", () => {
  let failed = 0;
  for (let draw = 0; draw < 500; draw++) {
    const source = random(draw, "lossy");
    const x = Array.from({ length: 20 }, () => fround((source.next() - 2 ** 31) * 2 ** -31));
    const element = x.map((v) => magnitude.embed(v, at)).reduce(magnitude.add);
    const truth = rounded(x.map(exactly).reduce<Exact>(exact.add, exact.zero), "f32");
    const got = x.slice(0, -1).reduce((a, b) => fround(a + b), 0);
    if (margin(got, ruleOf(truth, element, { algorithm: "direct" }, "f32")) > 1) failed += 1;
  }
  expect(failed).toBeGreaterThan(490);
});
