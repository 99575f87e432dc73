import { type Axes, type Clause, formulasFor } from "../../spec/index.ts";
import { compileValue } from "./compile-value.ts";
import { equation } from "./parse.ts";
import { type Ratio, ratio } from "./value.ts";

/**
 * Evaluates the formulas of a clause that define letters, such as the extents of SHAPE, in order: each may use those before it.
 * @param letters integers
 * @param attributes those that the formulas are chosen by
 * @param axes the number of spatial axes they are chosen by
 * @returns the letters defined, exact
 */
export function evaluateLetters(
  clause: Clause,
  letters: Readonly<Record<string, number>>,
  attributes: object = {},
  axes: Axes = 1,
): Readonly<Record<string, Ratio>> {
  const known: Record<string, number> = { ...letters };
  const defined: Record<string, Ratio> = {};
  for (const { text } of formulasFor(clause, axes, attributes)) {
    const { name, expression } = equation(text);
    const value = ratio(compileValue(expression, { letters: known, tensors: {}, indices: {} })() ?? Number.NaN);
    defined[name] = value;
    if (value.d === 1n) known[name] = Number(value.n);
  }
  return defined;
}
