import { decode, type Exact, elements, evaluate, exact, exactly, indexAt, rounded } from "../../reference/index.ts";
import { type Backend, declarationOf } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { dtypeOf, expect } from "../expected.ts";
import { invoke, saysUnsupported } from "../invoke.ts";
import { accumulationOf, computationOf } from "../verdicts/allowed.ts";
import { ruleOf } from "../verdicts/judge.ts";
import { allowedByTransform } from "../verdicts/transform.ts";

/** An output as one side of an identity: each value with the error it may have. */
export interface Side {
  readonly values: readonly Exact[];
  /** The largest error of each value: 0 for integers whose sums are exact, and for the reference. */
  readonly allowed: readonly number[];
  /** Whether it is the backend's; the exact reference stands in for what a backend does not implement. */
  readonly supported: boolean;
}

/** The exact reference of one output. */
export const exactSide = ({ operator, inputs, attributes }: Invocation, output: string): Side => {
  const values = elements(evaluate(exact, operator, inputs, attributes)[output]);
  return { values, allowed: values.map(() => 0), supported: false };
};

/** One output of a call of the backend. @throws what the backend throws, but for calls it does not implement */
export async function sideOf(backend: Backend, invocation: Invocation, output: string): Promise<Side> {
  let got: ArrayLike<number>;
  try {
    got = decode((await invoke(backend, invocation))[output]);
  } catch (thrown) {
    if (saysUnsupported(thrown)) return exactSide(invocation, output);
    throw thrown;
  }
  const dtype = dtypeOf(invocation.inputs);
  const declaration = declarationOf(backend, invocation.operator);
  const { shape, values, magnitudes } = expect(invocation, declaration.choices, computationOf(declaration, dtype))[
    output
  ];
  const transform =
    declaration.algorithm === "transform"
      ? allowedByTransform(
          invocation.operator,
          invocation.inputs,
          accumulationOf(declaration, dtype),
          invocation.attributes,
        )
      : undefined;
  const rules = values.map((expected, at) => {
    const index = indexAt(shape, at);
    return ruleOf(expected, magnitudes.at(...index), declaration, dtype, transform && (() => transform(index)));
  });
  return {
    values: rules.map(({ quantum }, at) =>
      exactly(quantum === undefined ? got[at] : Math.round(got[at] / 2 ** quantum) * 2 ** quantum),
    ),
    allowed: rules.map(({ allowed }) => allowed),
    supported: true,
  };
}

/** ⟨left, right⟩, and how far the errors of the left may move it. */
export interface InnerProduct {
  readonly value: Exact;
  readonly allowed: Exact;
}

const isNumber = (value: Exact): boolean => typeof value === "object" || Number.isFinite(value);

const absolute = (value: Exact): Exact => (exact.compare(value, exact.zero) < 0 ? exact.scale(value, -1, 1) : value);

/** A root as the nearest double: what it is less by is an error like any other. */
function asRatio(value: Exact): readonly [value: Exact, error: number] {
  if (typeof value !== "object" || !("roots" in value)) return [value, 0];
  const nearest = rounded(value, "f64");
  return [exactly(nearest), Math.abs(nearest) * 2 ** -53];
}

/**
 * Σ of the products of values and weights. An element that is not finite, such as the maximum of an empty
 * window, is a constant: it has no part in a derivative, and is left out where `leaving` says so.
 */
export function innerProduct(
  { values, allowed }: Pick<Side, "values" | "allowed">,
  weights: readonly Exact[],
  leaving: (at: number) => boolean = () => false,
): InnerProduct {
  let [total, error] = [exact.zero, exact.zero];
  for (const [at, weight] of weights.entries()) {
    if (leaving(at)) continue;
    const [value, more] = asRatio(values[at]);
    total = exact.add(total, exact.multiply(value, weight));
    error = exact.add(error, exact.multiply(exactly(allowed[at] + more), absolute(weight)));
  }
  return { value: total, allowed: error };
}

/** The values of two sides less each other, their errors added up. */
export const difference = (a: Side, b: Side): Side => ({
  values: a.values.map((value, at) => exact.add(value, exact.scale(b.values[at], -1, 1))),
  allowed: a.allowed.map((error, at) => error + b.allowed[at]),
  supported: a.supported,
});

/** Where the reference of an output is not finite. */
export const infinite = (invocation: Invocation, output: string): ((at: number) => boolean) => {
  const { values } = exactSide(invocation, output);
  return (at) => !isNumber(values[at]);
};

/** The distance of two inner products as a fraction of what their errors allow: at most 1 where they agree. */
export function distance(left: InnerProduct, right: InnerProduct): number {
  const gap = absolute(exact.add(left.value, exact.scale(right.value, -1, 1)));
  if (!isNumber(gap)) return Number.POSITIVE_INFINITY;
  const order = exact.compare(gap, exact.zero);
  if (order === 0) return 0;
  const allowed = exact.add(left.allowed, right.allowed);
  if (exact.compare(allowed, exact.zero) === 0) return Number.POSITIVE_INFINITY;
  const fraction = rounded(exact.divide(gap, allowed), "f64");
  return exact.compare(gap, allowed) > 0 ? Math.max(fraction, 1 + 2 ** -52) : Math.min(fraction, 1);
}
