import type { Clause, ClauseId, Erratum, Family } from "./clause.ts";
import { act } from "./families/act.ts";
import { conv } from "./families/conv.ts";
import { corr } from "./families/corr.ts";
import { cost } from "./families/cost.ts";
import { dense } from "./families/dense.ts";
import { equi } from "./families/equi.ts";
import { fast } from "./families/fast.ts";
import { field } from "./families/field.ts";
import { grad } from "./families/grad.ts";
import { gradLayer } from "./families/grad-layer.ts";
import { gradPool } from "./families/grad-pool.ts";
import { inv } from "./families/inv.ts";
import { local } from "./families/local.ts";
import { matrix } from "./families/matrix.ts";
import { net } from "./families/net.ts";
import { norm } from "./families/norm.ts";
import { opt } from "./families/opt.ts";
import { pool } from "./families/pool.ts";
import { shape } from "./families/shape.ts";
import { tiled } from "./families/tiled.ts";
import type { ConstraintId } from "./operator.ts";
import { type OperatorName, operatorNamed, operatorNames } from "./operators/index.ts";

/** A family of clauses: one page. */
export interface ClauseFamily {
  readonly family: Family;
  readonly title: string;
  readonly clauses: readonly Clause[];
}

/** Every family of the spec. To add one, write its file and name it here. */
export const families: readonly ClauseFamily[] = [
  { family: "CONV", title: "True convolution", clauses: conv },
  { family: "CORR", title: "Cross-correlation", clauses: corr },
  { family: "SHAPE", title: "Output extents and padding", clauses: shape },
  { family: "LOCAL", title: "Locally connected layers", clauses: local },
  { family: "TILED", title: "Tiled convolution", clauses: tiled },
  { family: "POOL", title: "Pooling", clauses: pool },
  { family: "INV", title: "Invariance of pooling", clauses: inv },
  { family: "ACT", title: "The detector stage", clauses: act },
  { family: "DENSE", title: "Dense layers", clauses: dense },
  { family: "NORM", title: "Batch normalisation", clauses: norm },
  { family: "NET", title: "What joins layers", clauses: net },
  { family: "GRAD", title: "Gradients", clauses: [...grad, ...gradPool, ...gradLayer] },
  { family: "OPT", title: "Updates", clauses: opt },
  { family: "MATRIX", title: "Convolution as a matrix", clauses: matrix },
  { family: "FAST", title: "Other ways to the same numbers", clauses: fast },
  { family: "COST", title: "Parameters and operations", clauses: cost },
  { family: "FIELD", title: "Receptive fields and shared weights", clauses: field },
  { family: "EQUI", title: "Equivariance", clauses: equi },
];

/** Every clause of the spec, family by family. */
export const clauses: readonly Clause[] = families.flatMap((family) => family.clauses);

const byId = new Map<string, Clause>(clauses.map((clause) => [clause.id, clause]));

export const isClauseId = (id: string): id is ClauseId => byId.has(id);

/**
 * The clause that is cited by an id.
 * @throws {RangeError} if the spec has no such clause
 */
export function clauseById(id: string): Clause {
  const clause = byId.get(id);
  if (clause === undefined) throw new RangeError(`the spec has no clause ${id}`);
  return clause;
}

/** A constraint as a clause shows it: what it demands, and which operators enforce it. */
export interface ConstraintOfClause {
  readonly id: ConstraintId;
  readonly statement: string;
  readonly operators: readonly OperatorName[];
}

/** The constraints whose ids begin with that of a clause, in the order of their numbers. */
export function constraintsOf(clause: ClauseId): readonly ConstraintOfClause[] {
  const found = new Map<ConstraintId, { statement: string; operators: OperatorName[] }>();
  for (const name of operatorNames) {
    for (const { id, statement } of operatorNamed(name).constraints) {
      if (!id.startsWith(`${clause}.`)) continue;
      const entry = found.get(id) ?? { statement, operators: [] };
      found.set(id, { ...entry, operators: [...entry.operators, name] });
    }
  }
  const number = (id: ConstraintId): number => Number(id.slice(id.lastIndexOf("C") + 1));
  return [...found].map(([id, entry]) => ({ id, ...entry })).sort((a, b) => number(a.id) - number(b.id));
}

/** Every place where the notes are wrong, by id, with the clause that says what holds. */
export const errata: readonly (Erratum & { readonly clause: ClauseId })[] = clauses
  .flatMap(({ id, errata: found = [] }) => found.map((erratum) => ({ ...erratum, clause: id })))
  .sort((a, b) => a.id.localeCompare(b.id));
