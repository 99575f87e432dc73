import type { Check } from "../check.ts";
import { faults } from "./index.ts";
import { isFor } from "./named.ts";
import { type Score, score, type Until } from "./score.ts";

/** What the suite is worth, by the zoo. */
export interface KillTable {
  readonly total: number;
  readonly killed: number;
  /** Faults that no check caught. */
  readonly survived: readonly string[];
  /** Faults that were caught, but not by the check that is named to catch them. */
  readonly missedByNamed: readonly string[];
  /** Checks that no fault made fail. */
  readonly checksWithoutFault: readonly string[];
  /**
   * Faults that show in the outputs of one call, and how many of them were named first; apart from them, how many
   * show only between calls, or in no output at all.
   */
  readonly diagnosis: {
    readonly right: number;
    readonly of: number;
    readonly betweenCalls: number;
    readonly inNoOutput: number;
  };
  readonly faults: readonly Score[];
}

export interface TallyOptions {
  readonly seed: number;
  /** Which checks are put to each fault at least. */
  readonly until: Until;
  onScore?(score: Score, done: number, total: number): void;
}

/** Holds the suite against the zoo: every fault of the operators that the checks are about. */
export async function tally(checks: readonly Check[], { seed, until, onScore }: TallyOptions): Promise<KillTable> {
  const zoo = faults.filter((fault) => checks.some((check) => isFor(check, fault)));
  const unproven = new Set(checks.map(({ id }) => id));
  const scores: Score[] = [];
  for (const fault of zoo) {
    const made = await score(fault, checks, seed, { until, wanted: ({ id }) => unproven.has(id) });
    for (const id of made.kills) unproven.delete(id);
    scores.push(made);
    onScore?.(made, scores.length, zoo.length);
  }
  const diagnosable = scores.filter((_, at) => !zoo[at].stateful && !zoo[at].valueless);
  return {
    total: zoo.length,
    killed: scores.filter(({ kills }) => kills.length > 0).length,
    survived: scores.filter(({ kills }) => kills.length === 0).map(({ fault }) => fault),
    missedByNamed: scores.filter(({ kills, asNamed }) => kills.length > 0 && !asNamed).map(({ fault }) => fault),
    checksWithoutFault: [...unproven],
    diagnosis: {
      right: diagnosable.filter(({ fault, diagnosed }) => diagnosed === fault).length,
      of: diagnosable.length,
      betweenCalls: zoo.filter(({ stateful }) => stateful).length,
      inNoOutput: zoo.filter(({ valueless }) => valueless).length,
    },
    faults: scores,
  };
}
