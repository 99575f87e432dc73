import { type Claim, claims, verifiedErrata } from "../../reference/claims/index.ts";
import {
  type Clause,
  clauses,
  type NoteEntry,
  notesMap,
  type OperatorName,
  operatorNamed,
  operatorNames,
} from "../../spec/index.ts";
import type { Check } from "../check.ts";
import type { Fixtures } from "../fixtures.ts";
import { loadKernels } from "../kernels.ts";

/** A call that must be refused, and the check that makes it. */
export interface Refusal {
  readonly constraint: string;
  readonly operator: OperatorName;
  readonly check: string;
}

/** What the spec demands of one operator's calls. */
export interface OperatorEntry {
  readonly name: OperatorName;
  readonly clauses: readonly string[];
  readonly constraints: readonly { readonly id: string; readonly statement: string }[];
}

/** Everything that cites everything else: what the trace is made from. */
export interface Registry {
  readonly clauses: readonly Clause[];
  readonly operators: readonly OperatorEntry[];
  readonly checks: readonly Pick<Check, "id" | "clauses" | "kind">[];
  readonly refusals: readonly Refusal[];
  readonly claims: readonly Claim[];
  /** The ids of the errata that are run. */
  readonly verifiedErrata: readonly string[];
  readonly notes: readonly NoteEntry[];
  /** The names of the kernels that there are as data. */
  readonly kernels: readonly string[];
}

/** The refusals that the fixtures ask for. */
const refusalsOf = ({ constraints, extents }: Fixtures): Refusal[] => [
  ...constraints.flatMap(({ operator, cases }) =>
    cases.map(({ id, violates }) => ({ constraint: violates, operator, check: `${id}@f32` })),
  ),
  ...extents.flatMap(({ cases }) =>
    cases.flatMap(({ id, violates, operator }) =>
      violates === undefined ? [] : [{ constraint: violates, operator, check: `${id}@f32` }],
    ),
  ),
];

/** The registry of this package, for the checks of its suite. */
export const registryOf = (checks: readonly Check[], fixtures: Fixtures): Registry => ({
  clauses,
  operators: operatorNames.map((name) => {
    const { clauses: cited, constraints } = operatorNamed(name);
    return { name, clauses: cited, constraints };
  }),
  checks,
  refusals: refusalsOf(fixtures),
  claims,
  verifiedErrata: verifiedErrata.map(({ erratum }) => erratum),
  notes: notesMap,
  kernels: loadKernels().map(({ name }) => name),
});
