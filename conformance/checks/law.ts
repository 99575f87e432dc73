import fc from "fast-check";
import type { Backend } from "../../spec/index.ts";
import { verdictOn } from "../attempt.ts";
import type { Check, Verdict } from "../check.ts";
import { laws } from "../laws/index.ts";
import type { Law } from "../laws/law.ts";

/** How many calls are drawn for a law. */
const draws = 25;

const held = async (law: Law, backend: Backend, sample: unknown): Promise<Verdict> => {
  try {
    return await law.holds(backend, sample);
  } catch (thrown) {
    return verdictOn(thrown);
  }
};

/** Draws calls until one breaks the law, and then the smallest like it. */
export async function tryOut(law: Law, backend: Backend, seed: number): Promise<Verdict> {
  let supported = 0;
  let worst = 0;
  let reason = "";
  const property = fc.asyncProperty(law.samples, async (sample) => {
    const verdict = await held(law, backend, sample);
    if (verdict.status === "unsupported") reason = verdict.reason;
    else supported += 1;
    if (verdict.status === "pass") worst = Math.max(worst, verdict.margin);
    return verdict.status === "pass" || verdict.status === "unsupported";
  });
  const result = await fc.check(property, { seed, numRuns: law.draws ?? draws, endOnFailure: law.shrinks === false });
  if (result.counterexample) return held(law, backend, result.counterexample[0]);
  if (supported === 0) return { status: "unsupported", reason };
  return { status: "pass", margin: worst };
}

/** The checks of the laws. */
export const lawChecks: readonly Check[] = laws.map((law) => ({
  id: `${law.id}@${law.dtype}`,
  title: law.title,
  clauses: law.clauses,
  operator: law.operator,
  kind: "law",
  dtype: law.dtype,
  run: (backend, seed) => tryOut(law, backend, seed),
}));
