import type { Kind, Status } from "../check.ts";
import type { CheckRecord } from "../report/report.ts";
import type { Fault } from "./fault.ts";
import { faults } from "./index.ts";
import { isNamed } from "./named.ts";

const known = new Map(faults.map((fault, at) => [fault.id, { fault, at }]));

/** A fault that explains failures: how many of them, and whether others refute it. */
interface Candidate {
  readonly fault: Fault;
  readonly votes: number;
  readonly refuted: boolean;
}

/** What became of a check that was run, and what explains it where that was looked for. */
export interface Seen {
  readonly id: string;
  readonly kind: Kind;
  readonly status: Status;
  readonly matches?: readonly string[];
}

/** Whether the checks that must catch a fault tell against it: all of them passed; or for it: it explains one. */
function byItsOwn({ id, caughtBy }: Fault, seen: readonly Seen[]): "against" | "for" | undefined {
  const named = seen.filter((check) => check.status !== "unsupported" && isNamed(check.id, caughtBy));
  if (named.some(({ matches }) => matches?.includes(id))) return "for";
  return named.length > 0 && named.every(({ status }) => status === "pass") ? "against" : undefined;
}

/**
 * Whether a fault leaves most cases unexplained. Cases are chosen to tell faults apart; the calls that break
 * laws are shrunk, until many a fault gives the same.
 */
function missesCases({ id }: Fault, seen: readonly Seen[]): boolean {
  const looked = seen.flatMap(({ kind, matches }) => (kind === "case" && matches ? [matches] : []));
  return 2 * looked.filter((matches) => matches.includes(id)).length <= looked.length && looked.length > 0;
}

/**
 * The faults that explain some of several failures of one operator, the likeliest first: those that nothing
 * refutes, then by how many failures they explain, then as in the zoo.
 */
export function candidates(seen: readonly Seen[]): Candidate[] {
  const votes = new Map<string, number>();
  for (const { matches = [] } of seen) for (const id of matches) votes.set(id, (votes.get(id) ?? 0) + 1);
  const found = [...votes].flatMap(([id, count]) => {
    const entry = known.get(id);
    if (entry === undefined) return [];
    const own = byItsOwn(entry.fault, seen);
    const refuted = own === "against" || (own === undefined && missesCases(entry.fault, seen));
    return [{ ...entry, votes: count, refuted }];
  });
  return found.sort((a, b) => Number(a.refuted) - Number(b.refuted) || b.votes - a.votes || a.at - b.at);
}

/** Whether the failures do not tell the likeliest fault from the next. */
export const isOpen = ([first, second]: readonly Candidate[]): boolean =>
  first !== undefined && second !== undefined && first.refuted === second.refuted && first.votes === second.votes;

/** The records with the likeliest cause of each failure in words: stride-swapped (the strides are exchanged). */
export function withLikeliest(records: readonly CheckRecord[]): CheckRecord[] {
  const likely = new Map<string, readonly Fault[]>();
  for (const operator of new Set(records.map((record) => record.operator))) {
    const own = records.filter((record) => record.operator === operator);
    const seen = own.map(({ id, kind, status, failure }) => ({ id, kind, status, matches: failure?.matches }));
    const found = candidates(seen).filter(({ refuted }) => !refuted);
    likely.set(
      operator,
      found.map(({ fault }) => fault),
    );
  }
  return records.map((record) => {
    const { failure, operator } = record;
    const cause = likely.get(operator)?.find(({ id }) => failure?.matches?.includes(id));
    if (failure === undefined || cause === undefined) return record;
    return { ...record, failure: { ...failure, looksLike: `${cause.id.split("/")[1]} (${cause.title})` } };
  });
}
