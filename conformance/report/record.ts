import { operatorNamed, type Tensor } from "../../spec/index.ts";
import type { Check, Failure, Invocation, Verdict } from "../check.ts";
import { toJson } from "../fixture.ts";
import { counterexample } from "./counterexample.ts";
import type { CallRecord, CheckRecord, FailureRecord } from "./report.ts";
import { windowOf } from "./window.ts";

/** A call without its data; of the attributes only those that are not at their defaults. */
export function callRecord({ operator, inputs, attributes }: Invocation): CallRecord {
  const given = Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined);
  const shapes = Object.fromEntries(given.map(([name, { shape }]) => [name, shape]));
  return { shapes, attributes: unusual(operator, Object.fromEntries(given), attributes) };
}

/** Whether two attributes are the same; they are plain data. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function unusual(operator: Invocation["operator"], inputs: Record<string, Tensor>, attributes: object) {
  let defaults: Record<string, unknown> = {};
  try {
    defaults = operatorNamed(operator).complete(inputs, {}) as Record<string, unknown>;
  } catch {
    // A call that violates a constraint may have no defaults; then all attributes are shown.
  }
  return Object.fromEntries(Object.entries(attributes).filter(([name, value]) => !same(value, defaults[name])));
}

function failureRecord(check: Check, { deviation, invocation }: Failure, matches?: readonly string[]): FailureRecord {
  const example = invocation && counterexample(check, invocation);
  const window = deviation && invocation && windowOf(invocation, deviation.output, deviation.index);
  return {
    ...(deviation && {
      deviation: {
        ...deviation,
        got: toJson(deviation.got),
        expected: toJson(deviation.expected),
        allowed: toJson(deviation.allowed),
      },
    }),
    ...(window && { window }),
    ...(invocation && { call: callRecord(invocation) }),
    ...(example && { counterexample: example }),
    ...(matches && { matches }),
  };
}

/**
 * A verdict as data: what is kept, sent between processes and written to report.json.
 * @param matches the known faults that give the very result that was wrong, where they were looked for
 */
export function recordOf(check: Check, verdict: Verdict, matches?: readonly string[]): CheckRecord {
  const { id, clauses, operator, kind, dtype } = check;
  const { status } = verdict;
  const about = { id, clauses, operator, kind, dtype, status };
  switch (status) {
    case "pass":
      return { ...about, margin: toJson(verdict.margin) };
    case "fail": {
      const { failure, margin } = verdict;
      const compared = margin === undefined ? null : toJson(margin);
      return { ...about, margin: compared, message: failure.message, failure: failureRecord(check, failure, matches) };
    }
    case "unsupported":
      return { ...about, margin: null, message: verdict.reason };
    case "error": {
      const { message, invocation } = verdict;
      return { ...about, margin: null, message, ...(invocation && { failure: { call: callRecord(invocation) } }) };
    }
  }
}
