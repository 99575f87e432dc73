import { decode, evaluate, exact, indexAt, magnitudeIn, rounded } from "../../reference/index.ts";
import { type Backend, declarationOf, type Tensor } from "../../spec/index.ts";
import type { Deviation, Invocation, Verdict } from "../check.ts";
import { dtypeOf } from "../expected.ts";
import { computationOf } from "./allowed.ts";
import { margin, ruleOf, transformRule } from "./judge.ts";

/**
 * Holds chosen elements of a large result against the exact reference, which evaluates only those.
 * @param places the row-major places that are looked at in an output
 */
export function judgeAt(
  invocation: Invocation,
  outputs: Readonly<Record<string, Tensor>>,
  backend: Backend,
  places: (output: Tensor) => readonly number[],
): Verdict {
  const { operator, inputs, attributes } = invocation;
  const dtype = dtypeOf(inputs);
  const declaration = declarationOf(backend, operator);
  const { choices } = declaration;
  const byTransform = transformRule(invocation, declaration);
  const values = evaluate(exact, operator, inputs, attributes, choices);
  const bounds = evaluate(magnitudeIn(computationOf(declaration, dtype)), operator, inputs, attributes, choices);
  let worst = 0;
  for (const [output, tensor] of Object.entries(outputs)) {
    const computed = decode(tensor);
    const looked = places(tensor);
    let first: Omit<Deviation, "wrong"> | undefined;
    let wrong = 0;
    for (const at of looked) {
      const index = indexAt(tensor.shape, at);
      const expected = rounded(values[output].at(...index), dtype);
      if (Object.is(computed[at], expected)) continue;
      const rule = ruleOf(
        expected,
        bounds[output].at(...index),
        declaration,
        dtype,
        byTransform && (() => byTransform(index)),
      );
      const fraction = margin(computed[at], rule);
      worst = Math.max(worst, fraction);
      if (fraction <= 1) continue;
      wrong += 1;
      first ??= { output, index, got: computed[at], expected, allowed: rule.allowed, of: looked.length };
    }
    if (first === undefined) continue;
    const message = `${wrong} of the ${looked.length} elements of ${output} looked at are wrong`;
    const failure = { message, deviation: { ...first, wrong }, invocation, observed: outputs };
    return { status: "fail", margin: worst, failure };
  }
  return { status: "pass", margin: worst };
}
