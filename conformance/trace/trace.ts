import { type Clause, formulasOf, type NoteEntry } from "../../spec/index.ts";
import type { Kind } from "../check.ts";
import { type Gap, gapsIn } from "./gaps.ts";
import type { Registry } from "./registry.ts";

/** The checks that ran: that a backend took on. */
export interface Ran {
  has(check: string): boolean;
}

/** A check, with whether it ran; absent where no run is looked at. */
export interface TracedCheck {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly ran?: boolean;
}

/** Whether a clause has a formula that is run, an equation that only claims and laws speak of, or prose alone. */
export type FormulaState = "runs" | "equation" | "prose" | "idle";

/** A clause with everything that holds it: ids of checks without their number format, and of claims. */
export interface TracedClause {
  readonly id: string;
  readonly title: string;
  readonly formula: FormulaState;
  readonly constraints: readonly string[];
  readonly cases: readonly string[];
  readonly laws: readonly string[];
  readonly gradients: readonly string[];
  readonly states: readonly string[];
  readonly sizes: readonly string[];
  readonly claims: readonly string[];
  readonly errata: readonly string[];
  /** Whether any of its checks ran, or it has claims, which run here; absent where no run is looked at. */
  readonly ran?: boolean;
}

/** A constraint as one operator enforces it, with the checks whose calls violate it. */
export interface TracedConstraint {
  readonly id: string;
  readonly operator: string;
  readonly statement: string;
  readonly negativeCases: readonly string[];
}

export interface TracedClaim {
  readonly id: string;
  readonly clause: string;
  readonly title: string;
  readonly claimed: string;
  readonly found: string;
  readonly holds: boolean;
}

/** The trace of a spec: what holds what, and what is held by nothing. */
export interface Trace {
  readonly clauses: readonly TracedClause[];
  readonly constraints: readonly TracedConstraint[];
  readonly cases: readonly TracedCheck[];
  readonly laws: readonly TracedCheck[];
  readonly gradients: readonly TracedCheck[];
  readonly states: readonly TracedCheck[];
  readonly sizes: readonly TracedCheck[];
  readonly claims: readonly TracedClaim[];
  readonly notes: readonly NoteEntry[];
  readonly gaps: readonly Gap[];
}

/** The id of a check without its number format. */
const plain = (id: string): string => id.slice(0, id.lastIndexOf("@"));

/** The ids of checks, without their number formats, by the clauses they hold. */
function idsByClause(checks: readonly TracedCheck[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { id, clauses } of checks)
    for (const clause of clauses) ids.set(clause, (ids.get(clause) ?? new Set()).add(plain(id)));
  return ids;
}

/** Whether a formula is run: an operator's, a form of one, or letters that a test or a claim evaluates. */
function formulaState(clause: Clause, { operators, claims }: Registry): FormulaState {
  if (formulasOf(clause).length === 0) return clause.equation === undefined ? "prose" : "equation";
  const run =
    clause.instance !== undefined ||
    clause.definedIn !== undefined ||
    operators.some(({ clauses }) => clauses[0] === clause.id) ||
    claims.some((claim) => claim.clause === clause.id);
  return run ? "runs" : "idle";
}

/**
 * Traces a registry.
 * @param ran the checks that ran in a run of the suite, by their ids
 */
export function traceOf(registry: Registry, ran?: Ran): Trace {
  const ofKind = (kind: Kind): readonly TracedCheck[] =>
    registry.checks
      .filter((check) => check.kind === kind)
      .map(({ id, clauses }) => ({ id, clauses, ...(ran && { ran: ran.has(id) }) }));
  const [cases, laws, gradients, states, sizes] = (["case", "law", "gradient", "state", "size"] as const).map(ofKind);
  const byClause = new Map(
    [cases, laws, gradients, states, sizes].map((checks) => [checks, idsByClause(checks)] as const),
  );
  const citing = (checks: readonly TracedCheck[], clause: string): string[] => [
    ...(byClause.get(checks)?.get(clause) ?? []),
  ];

  const ranClauses = new Set(
    registry.checks.filter(({ id }) => ran?.has(id)).flatMap((check) => check.clauses as string[]),
  );

  const claimed = new Set<string>(registry.claims.map(({ clause }) => clause));

  const clauses = registry.clauses.map((clause): TracedClause => {
    const { id, title, errata = [] } = clause;
    return {
      id,
      title,
      formula: formulaState(clause, registry),
      constraints: [
        ...new Set(
          registry.operators.flatMap(({ constraints }) =>
            constraints.map((constraint) => constraint.id).filter((constraint) => constraint.startsWith(`${id}.`)),
          ),
        ),
      ],
      cases: citing(cases, id),
      laws: citing(laws, id),
      gradients: citing(gradients, id),
      states: citing(states, id),
      sizes: citing(sizes, id),
      claims: registry.claims.filter((claim) => claim.clause === id).map((claim) => claim.id),
      errata: errata.map((erratum) => erratum.id),
      ...(ran && { ran: ranClauses.has(id) || claimed.has(id) }),
    };
  });

  const constraints = registry.operators.flatMap(({ name, constraints: demanded }) =>
    demanded.map(
      ({ id, statement }): TracedConstraint => ({
        id,
        operator: name,
        statement,
        negativeCases: registry.refusals
          .filter(({ constraint, operator }) => constraint === id && operator === name)
          .map(({ check }) => check),
      }),
    ),
  );

  const claims = registry.claims.map(
    ({ id, clause, title, holds }): TracedClaim => ({ id, clause, title, ...holds() }),
  );
  const traced = { clauses, constraints, cases, laws, gradients, states, sizes, claims, notes: registry.notes };
  return { ...traced, gaps: gapsIn(registry, traced) };
}
