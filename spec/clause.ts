import type { OperatorName } from "./operators/index.ts";

export type Family = "CONV" | "CORR" | "SHAPE" | "POOL";

/** A clause is cited by this; it is never reused or renumbered. */
export type ClauseId = `${Family}-${number}`;

/** Where a clause comes from: the file of the source notes and the heading in it. */
export interface Source {
  readonly note: "000" | "001" | "002" | "003" | "004";
  readonly heading: string;
}

/** A place where the notes are wrong: what they print, what holds, and how one sees it. */
export interface Erratum {
  readonly id: `E-${string}`;
  readonly source: Source;
  readonly printed: string;
  readonly corrected: string;
}

/**
 * The formula of a clause: one mathjs expression with the 1-based indices of the notes.
 * Where the number of spatial axes matters there is one expression for each, under 1, 2 and 3.
 * `Sum`, `Max` and `Count` run over all values for which every index is valid.
 */
export type Formula = string | Readonly<Record<1 | 2 | 3, string>>;

export interface Clause {
  readonly id: ClauseId;
  readonly title: string;
  /** What holds, in prose. */
  readonly statement: string;
  readonly formula?: Formula;
  /** Each letter of the formula, with its shape or its range. */
  readonly symbols?: Readonly<Record<string, string>>;
  /** What NaN, infinities, −0, ties and empty windows give, where the clause says so. */
  readonly special?: string;
  /** Where implementations legitimately differ: the permitted results, one of which a backend declares. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  readonly source: readonly Source[];
  readonly errata?: readonly Erratum[];
  /** The operators that realise the clause. */
  readonly operators: readonly OperatorName[];
}
