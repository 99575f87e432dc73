import type { Registry } from "./registry.ts";
import type { Trace } from "./trace.ts";

/** The kinds of gap: what is held by nothing, what cites nothing that is there, and what does not hold. */
export type GapKind =
  | "clause-unheld"
  | "clause-not-run"
  | "formula-idle"
  | "constraint-unheld"
  | "dead-id"
  | "claim-fails"
  | "erratum-not-run"
  | "heading-unaccounted"
  | "clause-not-in-notes";

export interface Gap {
  readonly kind: GapKind;
  /** What has the gap: a clause, a constraint, a check, a claim, a heading. */
  readonly about: string;
  /** In one line, what is missing. */
  readonly message: string;
}

type Traced = Omit<Trace, "gaps">;

const gap = (kind: GapKind, about: string, message: string): Gap => ({ kind, about, message });

function clauseGaps({ clauses }: Traced): Gap[] {
  return clauses.flatMap(({ id, cases, laws, gradients, claims, formula, ran }) => [
    ...(cases.length + laws.length + gradients.length + claims.length === 0
      ? [gap("clause-unheld", id, "has neither case nor law nor claim")]
      : []),
    ...(ran === false ? [gap("clause-not-run", id, "has no check that ran and was supported")] : []),
    ...(formula === "idle" ? [gap("formula-idle", id, "has a formula that nothing runs")] : []),
  ]);
}

const constraintGaps = ({ constraints }: Traced): Gap[] =>
  constraints
    .filter(({ negativeCases }) => negativeCases.length === 0)
    .map(({ id, operator }) => gap("constraint-unheld", id, `has no negative case for ${operator}`));

function deadIds({ clauses, operators, checks, refusals, claims, notes, kernels }: Registry): Gap[] {
  const known = new Set<string>(clauses.map(({ id }) => id));
  const constraints = new Set(operators.flatMap((operator) => operator.constraints.map(({ id }) => id)));
  const dead = (about: string, cited: readonly string[]): Gap[] =>
    cited.filter((id) => !known.has(id)).map((id) => gap("dead-id", about, `cites ${id}, and there is no such clause`));
  return [
    ...checks.flatMap(({ id, clauses: cited }) => dead(id, cited)),
    ...operators.flatMap(({ name, clauses: cited }) => dead(name, cited)),
    ...operators.flatMap((operator) =>
      operator.constraints.flatMap(({ id }) => dead(id, [id.slice(0, id.lastIndexOf(".C"))])),
    ),
    ...claims.flatMap(({ id, clause }) => dead(id, [clause])),
    ...notes.flatMap((entry) => dead(place(entry), entry.clauses)),
    ...refusals
      .filter(({ constraint }) => !constraints.has(constraint))
      .map(({ constraint, check }) => gap("dead-id", check, `violates ${constraint}, and there is no such constraint`)),
    ...notes.flatMap((entry) =>
      (entry.kernels ?? [])
        .filter((name) => !kernels.includes(name))
        .map((name) => gap("dead-id", place(entry), `names the kernel ${name}, and there is no such kernel`)),
    ),
  ];
}

const claimGaps = ({ claims }: Traced): Gap[] =>
  claims
    .filter(({ holds }) => !holds)
    .map(({ id, claimed, found }) => gap("claim-fails", id, `does not hold: claimed ${claimed}, found ${found}`));

function errataGaps({ clauses, verifiedErrata }: Registry): Gap[] {
  const errata = new Set<string>(clauses.flatMap((clause) => (clause.errata ?? []).map(({ id }) => id)));
  return [
    ...[...errata]
      .filter((id) => !verifiedErrata.includes(id))
      .map((id) => gap("erratum-not-run", id, "is not verified by running it")),
    ...verifiedErrata
      .filter((id) => !errata.has(id))
      .map((id) => gap("dead-id", id, "is verified, and no clause has it")),
  ];
}

type Entry = Registry["notes"][number];

const place = ({ note, heading, part }: Entry): string => `${note}, “${heading}”${part ? ` (${part})` : ""}`;

function noteGaps({ clauses, notes }: Registry): Gap[] {
  const unaccounted = notes
    .filter(({ clauses: cited, kernels = [], reason }) => cited.length + kernels.length === 0 && !reason)
    .map((entry) => gap("heading-unaccounted", place(entry), "has neither clause nor kernel nor a reason why not"));
  const missing = clauses.flatMap(({ id, source }) =>
    [...new Set(source.map(({ note }) => note))]
      .filter((note) => !notes.some((entry) => entry.note === note && entry.clauses.includes(id)))
      .map((note) => gap("clause-not-in-notes", id, `has a source in ${note}, and no heading of ${note} leads to it`)),
  );
  return [...unaccounted, ...missing];
}

/** Every gap of a registry and its trace. */
export const gapsIn = (registry: Registry, traced: Traced): readonly Gap[] => [
  ...clauseGaps(traced),
  ...constraintGaps(traced),
  ...deadIds(registry),
  ...claimGaps(traced),
  ...errataGaps(registry),
  ...noteGaps(registry),
];
