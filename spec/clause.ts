import type { OperatorName } from "./operators/index.ts";

/** The families of clauses. A family is one file of spec/families and one page. */
export type Family =
  | "CONV"
  | "CORR"
  | "SHAPE"
  | "LOCAL"
  | "TILED"
  | "POOL"
  | "ACT"
  | "DENSE"
  | "NORM"
  | "GRAD"
  | "OPT"
  | "MATRIX"
  | "FAST"
  | "COST"
  | "FIELD"
  | "EQUI"
  | "INV"
  | "NET";

/** A clause is cited by this; it is never reused or renumbered. */
export type ClauseId = `${Family}-${number}`;

export type NoteId = "000" | "001" | "002" | "003" | "004";

/** Where a clause comes from: the file of the source notes and the heading in it. */
export interface Source {
  readonly note: NoteId;
  readonly heading: string;
}

/** A place where the notes are wrong: what they print, what holds, and how one sees it. */
export interface Erratum {
  readonly id: `E-${string}`;
  readonly source: Source;
  readonly printed: string;
  readonly corrected: string;
}

/** The number of spatial axes. */
export type Axes = 1 | 2 | 3;

/** One formula, and the calls it is for: all of them, or those of one number of axes or of one value of an attribute. */
export interface PrintedFormula {
  readonly text: string;
  readonly axes?: Axes;
  readonly when?: Readonly<Record<string, string>>;
}

/**
 * The formula of a clause: one mathjs expression with the 1-based indices of the notes.
 * Where the number of spatial axes matters there is one expression for each, under 1, 2 and 3.
 * `Sum`, `Max` and `Count` run over all values for which every index is valid. The range of an index
 * is that of the tensor's axis it stands at by itself, unless it is given, as in `m=1:R`.
 * A left side without indices is a letter that the formulas after it may use; a tensor that one formula defines
 * may stand in the others.
 */
export type Formula = string | Readonly<Record<Axes, string>> | readonly PrintedFormula[];

/**
 * The calls of an operator that a special form of its formula speaks of. An axis that the form does
 * not index, at the front of a tensor, has extent 1; an attribute that is not named has its default.
 */
export interface Instance {
  readonly operator: OperatorName;
  /** The letters of the form that differ from the names of the operator's tensors. */
  readonly names?: Readonly<Record<string, string>>;
  /** Attributes that the form leaves free. */
  readonly free: readonly string[];
  /** Attributes that the form fixes. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Whether the form has the optional inputs of the operator; it has none unless this is true. */
  readonly optional?: boolean;
}

export interface Clause {
  readonly id: ClauseId;
  readonly title: string;
  /** What holds, in prose. */
  readonly statement: string;
  readonly formula?: Formula;
  /** What the formula says where it is a special form: which calls of which operator. */
  readonly instance?: Instance;
  /** An equation in TeX that no finite program evaluates as it stands. */
  readonly equation?: string;
  /** Each letter of the formula, with its shape or its range. */
  readonly symbols?: Readonly<Record<string, string>>;
  /** What NaN, infinities, −0, ties and empty windows give, where the clause says so. */
  readonly special?: string;
  /** Where implementations legitimately differ: the permitted results, one of which a backend declares. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  readonly source: readonly Source[];
  readonly errata?: readonly Erratum[];
  /** The file of spec that holds it, where no operator's reference does. */
  readonly definedIn?: string;
  /** The operators that realise the clause. */
  readonly operators: readonly OperatorName[];
}

/** The formulas of a clause, each with the calls it is for. */
export function formulasOf({ formula }: Clause): readonly PrintedFormula[] {
  if (formula === undefined) return [];
  if (typeof formula === "string") return [{ text: formula }];
  if (Array.isArray(formula)) return formula;
  return Object.entries(formula).map(([axes, text]) => ({ axes: Number(axes) as Axes, text: text as string }));
}

/** The formulas of a clause that are for a call with these attributes and so many spatial axes. */
export const formulasFor = (clause: Clause, axes: number, attributes: object): readonly PrintedFormula[] =>
  formulasOf(clause).filter(
    (printed) =>
      (printed.axes === undefined || printed.axes === axes) &&
      Object.entries(printed.when ?? {}).every(
        ([attribute, value]) => (attributes as Readonly<Record<string, unknown>>)[attribute] === value,
      ),
  );
