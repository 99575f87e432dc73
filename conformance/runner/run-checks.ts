import type { Backend } from "../../spec/index.ts";
import type { Check, Verdict } from "../check.ts";
import { recordOf } from "../report/record.ts";
import type { CheckRecord } from "../report/report.ts";
import { explain } from "./explain.ts";

export interface RunOptions {
  /** Of every random draw; 1 unless given. */
  readonly seed?: number;
  onVerdict?(record: CheckRecord): void;
}

/** Puts one check to a backend. Never throws: a check that does is an error verdict. */
export async function runCheck(backend: Backend, check: Check, seed: number): Promise<CheckRecord> {
  let verdict: Verdict;
  try {
    verdict = await check.run(backend, seed);
  } catch (thrown) {
    verdict = { status: "error", message: `the check itself failed: ${explain(thrown)}` };
  }
  return recordOf(check, verdict);
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
