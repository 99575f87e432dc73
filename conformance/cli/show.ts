import { clauses, isClauseId } from "../../spec/index.ts";
import { nearest, UsageError } from "../runner/select.ts";
import { loadSuite, suiteUrl } from "./load-suite.ts";
import { print } from "./output.ts";
import { checkText } from "./show-check.ts";
import { clauseText } from "./show-clause.ts";

export interface ShowOptions {
  readonly seed: number;
  /** The output element whose window is shown. */
  readonly at?: readonly number[];
}

/**
 * Prints a clause, by its id or that of one of its constraints, or a check.
 * @throws {UsageError} where there is no such id
 */
export async function show(id: string, { seed, at }: ShowOptions): Promise<void> {
  const checks = await loadSuite(suiteUrl);
  const clause = id.replace(/\.C\d+$/, "");
  if (isClauseId(clause)) return print(clauseText(clause, checks));
  const check = checks.find((candidate) => candidate.id === id);
  if (check) return print(await checkText(check, seed, at));
  const within = checks.filter((candidate) => candidate.id.startsWith(`${id}/`) || candidate.id.startsWith(`${id}@`));
  if (within.length > 0)
    throw new UsageError(
      `${id} is the start of ${within.length} checks: ${within
        .slice(0, 3)
        .map((c) => c.id)
        .join(", ")}${within.length > 3 ? ", …" : ""}`,
    );
  const near = nearest(id, [...clauses.map((known) => known.id), ...checks.map((known) => known.id)]);
  throw new UsageError(
    `there is no clause or check ${id}${near ? ` (did you mean ${near}?)` : ""}; \`convspec list\` has the checks, \`convspec list --clauses\` the clauses`,
  );
}
