import { decode, indexAt, type Magnitude } from "../../reference/index.ts";
import { type Declaration, type DType, largestFinite, type Tensor } from "../../spec/index.ts";
import type { Deviation, Invocation, Verdict } from "../check.ts";
import { dtypeOf, type Expected } from "../expected.ts";
import { accumulationOf, allowedLocally, halfUlp, isExact } from "./allowed.ts";
import { allowedByTransform } from "./transform.ts";

/** How one element is to be compared: the value and the largest error that passes. */
export interface Rule {
  readonly expected: number;
  readonly allowed: number;
  /** Where set, the value is rounded to a multiple of 2^quantum first (a transform on exact data). */
  readonly quantum?: number;
  /** Whether a partial sum may overflow in some order, so that a result that is not finite passes too. */
  readonly mayOverflow?: boolean;
  /** The largest finite number: what an expected infinity is compared as where overflow is in doubt. */
  readonly largest?: number;
  /** Whether −0 and +0 are told apart. */
  readonly signedZero?: boolean;
}

/** The error of a value as a fraction of what is allowed: at most 1 passes; NaN never arises. */
export function margin(got: number, { expected, allowed, quantum, mayOverflow, signedZero, largest }: Rule): number {
  if (Object.is(got, expected) || allowed === Number.POSITIVE_INFINITY) return 0;
  if (!Number.isFinite(got)) return mayOverflow ? 0 : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(expected) && !(mayOverflow && largest)) return Number.POSITIVE_INFINITY;
  if (got === expected) return signedZero ? Number.POSITIVE_INFINITY : 0;
  const value = quantum === undefined ? got : Math.round(got / 2 ** quantum) * 2 ** quantum;
  const error = Math.abs(value - (Number.isFinite(expected) ? expected : Math.sign(expected) * (largest as number)));
  if (error === 0) return quantum === undefined ? 0 : Math.abs(got - value) / 2 ** (quantum - 1);
  return error / allowed;
}

/** The rule for one element, from its magnitude and what the backend declares. */
export function ruleOf(
  expected: number,
  element: Magnitude,
  declaration: Declaration,
  dtype: DType,
  byTransform?: () => number,
): Rule {
  if (element.unbounded) return { expected, allowed: Number.POSITIVE_INFINITY };
  if (!Number.isFinite(element.bound)) return { expected, allowed: 0 };
  const transformed = declaration.algorithm === "transform" && byTransform !== undefined;
  // What a transform makes of exact data can be told from its neighbours only where its error is below half their distance.
  const told = !transformed || byTransform() < 2 ** (element.quantum - 1);
  if (told && isExact(element, declaration, dtype) && !(transformed && element.bound === 0))
    return transformed ? { expected, allowed: 0, quantum: element.quantum } : { expected, allowed: 0 };
  const format = accumulationOf(declaration, dtype);
  const largest = Math.min(largestFinite(dtype), largestFinite(format));
  const finite = Number.isFinite(expected) ? expected : largest;
  const allowed = transformed
    ? byTransform() + 2 * halfUlp(finite, dtype)
    : allowedLocally(element, finite, declaration, dtype);
  return { expected, allowed, mayOverflow: Math.max(element.peak, element.bound + allowed) >= largest, largest };
}

/** What TRANSFORM allows each element of a call's output; undefined where the backend declares a direct algorithm. */
export function transformRule(
  { operator, inputs, attributes }: Invocation,
  declaration: Declaration,
): ((index: readonly number[]) => number) | undefined {
  if (declaration.algorithm !== "transform") return undefined;
  return allowedByTransform(operator, inputs, accumulationOf(declaration, dtypeOf(inputs)), attributes);
}

/** Holds the outputs of a call against what is expected: the verdict of cases and laws. */
export function judge(
  invocation: Invocation,
  expected: Expected,
  outputs: Readonly<Record<string, Tensor>>,
  declaration: Declaration,
): Verdict {
  const dtype = dtypeOf(invocation.inputs);
  const byTransform = transformRule(invocation, declaration);
  const signedZero = declaration.choices?.["signed-zero"] === "positive";
  let worst = 0;
  for (const [output, target] of Object.entries(expected)) {
    const { shape, values } = target;
    const got = decode(outputs[output]);
    let first: Omit<Deviation, "wrong"> | undefined;
    let wrong = 0;
    for (let at = 0; at < values.length; at++) {
      if (Object.is(got[at], values[at]) || (got[at] === values[at] && !signedZero)) continue;
      const index = indexAt(shape, at);
      const rule = ruleOf(
        values[at],
        target.magnitudes.at(...index),
        declaration,
        dtype,
        byTransform && (() => byTransform(index)),
      );
      const fraction = margin(got[at], { ...rule, signedZero });
      worst = Math.max(worst, fraction);
      if (fraction <= 1) continue;
      wrong += 1;
      first ??= { output, index, got: got[at], expected: values[at], allowed: rule.allowed, of: values.length };
    }
    if (first !== undefined) {
      const deviation = { ...first, wrong };
      const message = `${wrong} of ${values.length} elements of ${output} are wrong`;
      return { status: "fail", margin: worst, failure: { message, deviation, invocation, observed: outputs } };
    }
  }
  return { status: "pass", margin: worst };
}
