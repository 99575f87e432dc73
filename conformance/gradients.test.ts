import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symbolicGradient, termCount } from "../reference/formula/index.ts";
import { decode, dual, type Exact, elements, evaluate, exact, rounded } from "../reference/index.ts";
import { operatorNamed } from "../spec/index.ts";
import { exactValues, type GradientSample, gradientCall, inputOf, samplesOf } from "./gradient/samples.ts";
import { gradients } from "./gradients.ts";

/** The most terms a formula may have here, and the most elements an input: each term is derived for each element in it. */
const limits = { terms: 200, elements: 24 };

const wanted = 6;

/** Small samples of every number of axes, none of them empty. */
function small(gradient: (typeof gradients)[number]): GradientSample[] {
  const drawn = fc
    .sample(samplesOf(gradient, "f64", "exact"), { seed: 7, numRuns: 400 })
    .filter(({ call, G }) => G.data.length > 0 && inputOf(gradient, call).data.length <= limits.elements)
    .map((sample) => ({
      sample,
      terms: termCount(sample.call.operator, sample.call.inputs, sample.call.attributes),
    }))
    .filter(({ terms }) => terms <= limits.terms)
    .sort((a, b) => b.terms - a.terms)
    .map(({ sample }) => sample);
  const rank = ({ call }: GradientSample) => inputOf(gradient, call).shape.length;
  const ranks = [...new Set(drawn.map(rank))];
  return ranks.flatMap((axes) => drawn.filter((sample) => rank(sample) === axes).slice(0, wanted / ranks.length + 1));
}

/** The gradient by dual numbers: one direction for each element of the input. */
function byDual({ gradient, call, G }: GradientSample): Exact[] {
  const output = operatorNamed(call.operator).outputs[0];
  const weights = exactValues(G);
  return Array.from(inputOf(gradient, call).data, (_, element) => {
    const x = dual(({ tensor, offset }) => Number(tensor === gradient.input && offset === element));
    return elements(evaluate(x, call.operator, call.inputs, call.attributes)[output]).reduce<Exact>(
      (total, { slope }, z) => exact.add(total, exact.multiply(slope, weights[z])),
      exact.zero,
    );
  });
}

/** The gradient by its own operator, over exact numbers. */
function byOperator(sample: GradientSample): Exact[] {
  const { operator, inputs, attributes } = gradientCall(sample);
  return elements(evaluate(exact, operator, inputs, attributes)[sample.gradient.output]);
}

const bySymbols = ({ gradient, call, G }: GradientSample): Exact[] =>
  symbolicGradient(call.operator, call.inputs, call.attributes, gradient.input, exactValues(G));

const same = (a: readonly Exact[], b: readonly Exact[]): boolean =>
  a.length === b.length && a.every((value, at) => exact.compare(value, b[at]) === 0);

const shown = (values: readonly Exact[]): number[] => values.map((value) => rounded(value, "f64"));

describe.each(gradients)("$gradient is the gradient of $forward with respect to $input", (gradient) => {
  it("by its own formula, by dual numbers and by the symbolic derivative of the printed formula: the same number", () => {
    const samples = small(gradient);
    expect(samples.length).toBeGreaterThanOrEqual(3);
    for (const sample of samples) {
      const own = byOperator(sample);
      for (const other of [byDual(sample), bySymbols(sample)])
        if (!same(own, other))
          expect.fail(
            `${JSON.stringify(sample.call.attributes)} on ${decode(inputOf(gradient, sample.call))}: ` +
              `${shown(own)} is not ${shown(other)}`,
          );
    }
  });
});
