import { type Backend, declarationOf } from "../spec/index.ts";
import { attempt } from "./attempt.ts";
import type { Invocation, Verdict } from "./check.ts";
import { dtypeOf, expect } from "./expected.ts";
import { computationOf } from "./verdicts/allowed.ts";
import { judge } from "./verdicts/judge.ts";

/** Holds one call of a backend against the exact reference. */
export const againstReference = (backend: Backend, invocation: Invocation): Promise<Verdict> =>
  attempt(backend, invocation, (outputs) => {
    const declaration = declarationOf(backend, invocation.operator);
    const computation = computationOf(declaration, dtypeOf(invocation.inputs));
    return judge(invocation, expect(invocation, declaration.choices, computation), outputs, declaration);
  });

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
