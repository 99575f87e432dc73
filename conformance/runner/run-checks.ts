import type { Backend } from "../../spec/index.ts";
import type { Check, Failure, Invocation, Verdict } from "../check.ts";
import { recordOf } from "../report/record.ts";
import type { CheckRecord } from "../report/report.ts";
import { explain } from "./explain.ts";

export interface RunOptions {
  /** Of every random draw; 1 unless given. */
  readonly seed?: number;
  onVerdict?(record: CheckRecord): void;
}

/** The known faults that give an observed result. The faults are loaded at the first failure: most runs have none. */
const explained = async (failed: Invocation, observed: NonNullable<Failure["observed"]>): Promise<string[]> =>
  (await import("../faults/diagnose.ts")).matches(failed, observed);

/**
 * Puts one check to a backend. Never throws: a check that does is an error verdict.
 * @param diagnoses whether a wrong result is compared with those of the known faults
 * @param onFailure is called when it is about to be: from then on the backend is not waited for
 */
export async function runCheck(
  backend: Backend,
  check: Check,
  seed: number,
  diagnoses = false,
  onFailure?: () => Promise<void>,
): Promise<CheckRecord> {
  let verdict: Verdict;
  try {
    verdict = await check.run(backend, seed);
  } catch (thrown) {
    verdict = { status: "error", message: `the check itself failed: ${explain(thrown)}` };
  }
  const { invocation, observed } = verdict.status === "fail" ? verdict.failure : {};
  if (!diagnoses || invocation === undefined || observed === undefined) return recordOf(check, verdict);
  await onFailure?.();
  return recordOf(check, verdict, await explained(invocation, observed));
}

/**
 * Puts checks to a backend, one after the other, in this process: a backend that hangs or exits takes
 * the caller with it. The command line puts each backend into a process of its own.
 */
export async function runChecks(
  backend: Backend,
  checks: readonly Check[],
  { seed = 1, onVerdict }: RunOptions = {},
): Promise<CheckRecord[]> {
  const records: CheckRecord[] = [];
  for (const check of checks) {
    const record = await runCheck(backend, check, seed);
    records.push(record);
    onVerdict?.(record);
  }
  return records;
}
