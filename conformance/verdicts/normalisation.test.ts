import { describe, expect, it } from "vitest";
import { elements, encode } from "../../reference/index.ts";
import { type OperatorName, type Random, random, type Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { expect as expected } from "../expected.ts";
import { margin, ruleOf } from "./judge.ts";

const { fround } = Math;

/** One channel of numbers of single precision. */
type Channel = readonly number[];

const add = (a: number, b: number): number => fround(a + b);
const sum = (terms: Channel): number => terms.reduce(add, 0);

const pairwise = (terms: Channel): number =>
  terms.length <= 1
    ? (terms[0] ?? 0)
    : add(pairwise(terms.slice(0, terms.length >> 1)), pairwise(terms.slice(terms.length >> 1)));

interface Statistics {
  readonly mean: number;
  readonly variance: number;
}

/** Ways to the statistics of a channel in single precision, all of them correct. */
const statistics: Readonly<Record<string, (x: Channel) => Statistics>> = {
  "two passes": (x) => {
    const mean = fround(sum(x) / x.length);
    return { mean, variance: fround(sum(x.map((v) => fround(fround(v - mean) ** 2))) / x.length) };
  },
  "two passes, pairwise, times the rounded 1/m": (x) => {
    const inverse = fround(1 / x.length);
    const mean = fround(pairwise(x) * inverse);
    return { mean, variance: fround(pairwise(x.map((v) => fround(fround(v - mean) ** 2))) * inverse) };
  },
  "Welford's update": (x) => {
    let [mean, squares] = [0, 0];
    for (const [at, v] of x.entries()) {
      const before = fround(v - mean);
      mean = add(mean, fround(before / (at + 1)));
      squares = add(squares, fround(before * fround(v - mean)));
    }
    return { mean, variance: fround(squares / x.length) };
  },
  "E[x²] − μ² in doubles, rounded": (x) => {
    const mean = x.reduce((total, v) => total + v, 0) / x.length;
    const square = x.reduce((total, v) => total + v * v, 0) / x.length;
    return { mean: fround(mean), variance: fround(Math.max(0, square - mean * mean)) };
  },
};

/** Ways from the statistics to a result. */
const scalings: Readonly<
  Record<string, (x: number, s: Statistics, gamma: number, beta: number, epsilon: number) => number>
> = {
  quotient: (x, { mean, variance }, gamma, beta, epsilon) =>
    add(fround(fround(gamma * fround(x - mean)) / fround(Math.sqrt(add(variance, fround(epsilon))))), beta),
  "product with the reciprocal": (x, { mean, variance }, gamma, beta, epsilon) => {
    const inverse = fround(1 / fround(Math.sqrt(add(variance, fround(epsilon)))));
    return add(fround(fround(fround(x - mean) * inverse) * gamma), beta);
  },
  "folded into one product and one sum": (x, { mean, variance }, gamma, beta, epsilon) => {
    const scale = fround(gamma * fround(1 / fround(Math.sqrt(add(variance, fround(epsilon))))));
    return add(fround(x * scale), fround(beta - fround(mean * scale)));
  },
};

const epsilons = [1e-5, 1e-3, 0.1, 1];

/** A channel with a mean up to 2^8 times its deviations. */
function draw(source: Random) {
  const m = source.integer(1, 40);
  const offset = source.integer(-1, 1) * 2 ** source.integer(0, 8);
  const size = 2 ** source.integer(-2, 2);
  const value = () => fround((source.next() / 2 ** 31 - 1) * size);
  const channel = (centre: number) => Array.from({ length: m }, () => fround(centre + value()));
  return { x: channel(offset), G: channel(0), gamma: value(), beta: value(), epsilon: epsilons[source.integer(0, 3)] };
}

const tensor = (values: Channel): Tensor => encode("f32", [1, 1, values.length], values);
const scalar = (value: number): Tensor => encode("f32", [1], [value]);

const call = (operator: OperatorName, inputs: Invocation["inputs"], epsilon: number): Invocation =>
  ({ operator, inputs, attributes: { epsilon } }) as unknown as Invocation;

/** The worst margin of some outputs, each by its name. */
function worst(invocation: Invocation, outputs: Readonly<Record<string, Channel>>): number {
  const all = expected(invocation);
  const margins = Object.entries(outputs).flatMap(([name, got]) =>
    got.map((value, at) => {
      const rule = ruleOf(all[name].values[at], elements(all[name].magnitudes)[at], { algorithm: "direct" }, "f32");
      return rule.allowed === Number.POSITIVE_INFINITY ? Number.NaN : margin(value, rule);
    }),
  );
  return Math.max(...margins);
}

const draws = 400;

const over = (name: string, of: (drawn: ReturnType<typeof draw>) => number): number[] =>
  Array.from({ length: draws }, (_, at) => of(draw(random(at, name))));

describe.each(Object.entries(statistics))("batch normalisation by %s", (way, statisticsOf) => {
  it.each(Object.entries(scalings))("and a %s never fails, and every result has a bound", (scaling, scale) => {
    const margins = over(`${way}/${scaling}`, ({ x, gamma, beta, epsilon }) => {
      const found = statisticsOf(x);
      const y = x.map((v) => scale(v, found, gamma, beta, epsilon));
      const inputs = { x: tensor(x), gamma: scalar(gamma), beta: scalar(beta) };
      return worst(call("batch-norm", inputs, epsilon), { y, mean: [found.mean], variance: [found.variance] });
    });
    expect(Math.max(...margins)).toBeLessThanOrEqual(1);
  });
});

/** Ways to the gradient, from a channel, its statistics and the error. */
const backward: Readonly<
  Record<string, (x: Channel, G: Channel, s: Statistics, gamma: number, epsilon: number) => Record<string, Channel>>
> = {
  "through the normalised input": (x, G, { mean, variance }, gamma, epsilon) => {
    const m = x.length;
    const inverse = fround(1 / fround(Math.sqrt(add(variance, fround(epsilon)))));
    const normalised = x.map((v) => fround(fround(v - mean) * inverse));
    const dbeta = sum(G);
    const dgamma = sum(G.map((g, at) => fround(g * normalised[at])));
    const factor = fround(fround(gamma * inverse) / m);
    const dx = G.map((g, at) => fround(factor * add(fround(fround(m * g) - dbeta), -fround(normalised[at] * dgamma))));
    return { dx, dgamma: [dgamma], dbeta: [dbeta] };
  },
  "through the deviations": (x, G, { mean, variance }, gamma, epsilon) => {
    const m = x.length;
    const inverse = fround(1 / fround(Math.sqrt(add(variance, fround(epsilon)))));
    const dbeta = pairwise(G);
    const along = pairwise(G.map((g, at) => fround(g * fround(x[at] - mean))));
    const k = fround(fround(fround(along * inverse) * inverse) / m);
    const average = fround(dbeta / m);
    const dx = G.map((g, at) => {
      const centred = fround(fround(g - average) - fround(fround(x[at] - mean) * k));
      return fround(fround(centred * inverse) * gamma);
    });
    return { dx, dgamma: [fround(along * inverse)], dbeta: [dbeta] };
  },
};

describe.each(Object.entries(backward))("the gradient of batch normalisation %s", (way, gradient) => {
  it("never fails, and every result has a bound", () => {
    const margins = over(way, ({ x, G, gamma, epsilon }) => {
      const outputs = gradient(x, G, statistics["two passes"](x), gamma, epsilon);
      const inputs = { x: tensor(x), gamma: scalar(gamma), G: tensor(G) };
      return worst(call("batch-norm-gradient", inputs, epsilon), outputs);
    });
    expect(Math.max(...margins)).toBeLessThanOrEqual(1);
  });
});

describe("what the bound of batch normalisation does not admit", () => {
  const fails = (name: string, wrong: (drawn: ReturnType<typeof draw>) => Channel): number =>
    over(name, (drawn) => {
      const inputs = { x: tensor(drawn.x), gamma: scalar(drawn.gamma), beta: scalar(drawn.beta) };
      return worst(call("batch-norm", inputs, drawn.epsilon), { y: wrong(drawn) });
    }).filter((worstMargin) => worstMargin > 1).length;

  const exactly = (x: Channel) => {
    const mean = x.reduce((total, v) => total + v, 0) / x.length;
    return { mean, variance: x.reduce((total, v) => total + (v - mean) ** 2, 0) / x.length };
  };

  it("E[x²] − μ² in single precision, where the mean is large", () => {
    const failed = fails("one pass", ({ x, gamma, beta, epsilon }) => {
      const mean = fround(sum(x) / x.length);
      const square = fround(sum(x.map((v) => fround(v * v))) / x.length);
      const variance = Math.max(0, fround(square - fround(mean * mean)));
      return x.map((v) => scalings.quotient(v, { mean, variance }, gamma, beta, epsilon));
    });
    expect(failed).toBeGreaterThan(draws / 10);
  });

  it("the variance divided by one less", () => {
    const failed = fails("unbiased", ({ x, gamma, beta, epsilon }) => {
      const { mean, variance } = exactly(x);
      const unbiased = x.length > 1 ? (variance * x.length) / (x.length - 1) : variance;
      return x.map((v) => scalings.quotient(v, { mean, variance: fround(unbiased) }, gamma, beta, epsilon));
    });
    expect(failed).toBeGreaterThan(draws * 0.9);
  });

  it("ε added to the standard deviation", () => {
    const failed = fails("outside", ({ x, gamma, beta, epsilon }) => {
      const { mean, variance } = exactly(x);
      return x.map((v) => fround((gamma * (v - mean)) / (Math.sqrt(variance) + epsilon) + beta));
    });
    expect(failed).toBeGreaterThan(draws * 0.6);
  });
});
