import type { OperatorName } from "../../spec/index.ts";
import { type Exact, exact } from "../arithmetics/exact.ts";
import { evaluate, type StoredInputs } from "../evaluate.ts";
import { elements, indexAt } from "../tensor.ts";
import { evaluateFormula, type FormulaOptions, type FormulaOutputs } from "./evaluate.ts";
import { improper, type Ratio, sameRatio } from "./value.ts";

/** A value of the exact reference as a ratio. Its m · 2^e / q need not be in lowest terms, these are. */
export function ratioOf(value: Exact): Ratio {
  if (typeof value === "number") return Number.isFinite(value) ? { n: 0n, d: 1n } : improper(value);
  if ("roots" in value)
    return {
      ...ratioOf(value.rational),
      roots: value.roots.map(({ b, r }) => ({ b: ratioOf(b), r: ratioOf(r) })),
    };
  let { m: n, q: d } = value;
  if (n === 0n) return { n: 0n, d: 1n };
  if (value.e >= 0) return { n: n << BigInt(value.e), d };
  let twos = -value.e;
  while (twos > 0 && n % 2n === 0n) {
    n /= 2n;
    twos -= 1;
  }
  d <<= BigInt(twos);
  return { n, d };
}

const show = ({ n, d, roots = [] }: Ratio): string =>
  [d === 1n ? `${n}` : `${n}/${d}`, ...roots.map(({ b, r }) => `${show(b)}·√(${show(r)})`)].join(" + ");

/** Where outputs of a formula differ from the exact reference on a call, in words; undefined where they do not. */
export function difference(
  operator: OperatorName,
  inputs: StoredInputs,
  attributes: object,
  outputs: FormulaOutputs,
): string | undefined {
  for (const [name, tensor] of Object.entries(evaluate(exact, operator, inputs, attributes))) {
    const expected = elements(tensor).map(ratioOf);
    const got = outputs[name];
    if (got?.length !== expected.length)
      return `${name} has ${expected.length} elements in the reference, ${got?.length ?? 0} in the formula`;
    const at = expected.findIndex((value, offset) => !sameRatio(value, got[offset]));
    if (at >= 0)
      return `${name}[${indexAt(tensor.shape, at)}] is ${show(expected[at])} in the reference, ${show(got[at])} in the formula`;
  }
  return undefined;
}

/**
 * Holds the reference and the printed formula against each other on a call.
 * @returns where they differ, in words; undefined where they agree exactly
 */
export const disagreement = (
  operator: OperatorName,
  inputs: StoredInputs,
  attributes: object,
  options: FormulaOptions = {},
): string | undefined =>
  difference(operator, inputs, attributes, evaluateFormula(operator, inputs, attributes, options));
