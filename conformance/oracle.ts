import { type Backend, type Declaration, declarationOf } from "../spec/index.ts";
import { attempt } from "./attempt.ts";
import type { Invocation, Verdict } from "./check.ts";
import { dtypeOf, type Expected, expect } from "./expected.ts";
import { computationOf } from "./verdicts/allowed.ts";
import { judge } from "./verdicts/judge.ts";

/** What the exact reference gives for a call, and what bounds its errors under a declaration. */
const expectedUnder = (invocation: Invocation, declaration: Declaration): Expected =>
  expect(invocation, declaration.choices, computationOf(declaration, dtypeOf(invocation.inputs)));

/** What is expected of one call, evaluated once for each declaration. */
function once(evaluated: (declaration: Declaration) => Expected): (declaration: Declaration) => Expected {
  const known = new Map<string, Expected>();
  return (declaration) => {
    const key = JSON.stringify(declaration);
    const expected = known.get(key) ?? evaluated(declaration);
    known.set(key, expected);
    return expected;
  };
}

/** Holds one call of a backend against the exact reference. */
export const againstReference = (
  backend: Backend,
  invocation: Invocation,
  expected = (declaration: Declaration) => expectedUnder(invocation, declaration),
): Promise<Verdict> =>
  attempt(backend, invocation, (outputs) => {
    const declaration = declarationOf(backend, invocation.operator);
    return judge(invocation, expected(declaration), outputs, declaration);
  });

/** Holds a call that is made again and again against the exact reference, which is evaluated once. */
export function againstReferenceOnce(made: () => Invocation): (backend: Backend) => Promise<Verdict> {
  const expected = once((declaration) => expectedUnder(made(), declaration));
  return (backend) => againstReference(backend, made(), expected);
}

/**
 * The first verdict that is a failure; or else the last one that says what is not supported: what is
 * must hold beside it; or else a pass with the worst margin of all.
 */
export async function allHold(verdicts: Iterable<() => Promise<Verdict>>): Promise<Verdict> {
  let worst = 0;
  let unsupported: Verdict | undefined;
  for (const next of verdicts) {
    const verdict = await next();
    if (verdict.status === "unsupported") unsupported = verdict;
    else if (verdict.status !== "pass") return verdict;
    else worst = Math.max(worst, verdict.margin);
  }
  return unsupported ?? { status: "pass", margin: worst };
}
