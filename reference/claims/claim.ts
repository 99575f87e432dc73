import { type Axes, type ClauseId, clauseById } from "../../spec/index.ts";
import { evaluateLetters } from "../formula/index.ts";

/** What came of running a claim: both sides, as text, and whether they agree. */
export interface Outcome {
  readonly claimed: string;
  readonly found: string;
  readonly holds: boolean;
}

/** A statement of a clause that no operator computes: both its sides are computed here, by the reference. */
export interface Claim {
  /** file/name: the file of reference/claims it stands in, and its own name. */
  readonly id: string;
  readonly clause: ClauseId;
  readonly title: string;
  holds(): Outcome;
}

/** A side of a claim: numbers, lists of them, or words. */
export type Side = number | string | boolean | readonly Side[];

const show = (side: Side): string => {
  if (typeof side === "number") return side.toLocaleString("en", { maximumSignificantDigits: 12 });
  return Array.isArray(side) ? `[${side.map(show).join(", ")}]` : String(side);
};

/** The outcome of a claim that two values are equal. */
export const equal = (claimed: Side, found: Side): Outcome => {
  const [left, right] = [show(claimed), show(found)];
  return { claimed: left, found: right, holds: left === right };
};

/** The outcome of a claim that a value is at most another. */
export const atMost = (bound: number, found: number): Outcome => ({
  claimed: `at most ${bound.toPrecision(4)}`,
  found: found.toPrecision(4),
  holds: found <= bound,
});

/** The outcome of a claim that so many of a few things hold, given as whether each one does. */
export const all = (each: readonly boolean[], of: string): Outcome => ({
  claimed: `all ${each.length} ${of}`,
  found: `${each.filter(Boolean).length} of ${each.length}`,
  holds: each.length > 0 && each.every(Boolean),
});

/** The outcome of a counterexample: at least one of a few things does not hold. */
export const notAll = (each: readonly boolean[], of: string): Outcome => ({
  claimed: `not all ${each.length} ${of}`,
  found: `${each.filter(Boolean).length} of ${each.length}`,
  holds: !each.every(Boolean),
});

/** The letters that the printed formulas of a clause define, from those that are given. */
export function lettersOf(
  clause: ClauseId,
  letters: Readonly<Record<string, number>>,
  axes: Axes = 1,
): Readonly<Record<string, number>> {
  const defined = Object.entries(evaluateLetters(clauseById(clause), letters, {}, axes));
  return Object.fromEntries(defined.map(([name, { n, d }]) => [name, Number(n) / Number(d)]));
}

/** Every whole number of [from, to]. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(to - from + 1, 0) }, (_, at) => from + at);
