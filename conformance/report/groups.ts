import type { Status } from "../check.ts";
import { notRun } from "../runner/strikes.ts";
import type { CheckRecord } from "./report.ts";

/** The checks that came out the same way for the same reason. */
export interface Group {
  readonly reason: string;
  readonly checks: readonly CheckRecord[];
}

const givenUp = ({ reason }: Group): boolean => reason.startsWith(notRun);

/** The records of one status by reason: the most frequent first, and after all causes what was given up because of them. */
export function byReason(checks: readonly CheckRecord[], status: Status): readonly Group[] {
  const groups = new Map<string, CheckRecord[]>();
  for (const check of checks) {
    if (check.status !== status) continue;
    const reason = check.message ?? "no reason given";
    groups.set(reason, [...(groups.get(reason) ?? []), check]);
  }
  return [...groups]
    .map(([reason, members]) => ({ reason, checks: members }))
    .sort((a, b) => Number(givenUp(a)) - Number(givenUp(b)) || b.checks.length - a.checks.length);
}
