import pc from "picocolors";
import { clauses } from "../../spec/index.ts";
import { type Filters, select } from "../runner/select.ts";
import { loadSuite, suiteUrl } from "./load-suite.ts";
import { filtersOf } from "./options.ts";
import { note, print } from "./output.ts";

export interface ListOptions extends Partial<Filters> {
  readonly clauses?: boolean;
  readonly json?: boolean;
}

/** Rows of text with every column but the last as wide as its widest entry. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    row.map((text, column) => (column < row.length - 1 ? text.padEnd(widths[column]) : text)).join("  ");
  return rows.map(line).join("\n");
}

/** Prints the checks that match, or all clauses. */
export async function list(options: ListOptions): Promise<void> {
  if (options.clauses) return listClauses(options);
  const all = await loadSuite(suiteUrl);
  const checks = select(all, filtersOf(options));
  const data = checks.map(({ id, title, clauses, operator, kind, dtype }) => ({
    id,
    title,
    clauses,
    operator,
    kind,
    dtype,
  }));
  if (options.json) return print(JSON.stringify(data, undefined, 2));
  print(columns(checks.map(({ id, kind, clauses, title }) => [id, kind, clauses.join(" "), pc.dim(title)])));
  note(checks.length === all.length ? `${all.length} checks` : `${checks.length} of ${all.length} checks`);
}

async function listClauses({ json }: ListOptions): Promise<void> {
  const checks = await loadSuite(suiteUrl);
  const data = clauses.map(({ id, title, operators }) => {
    const held = checks.filter((check) => check.clauses.includes(id)).length;
    return { id, title, operators, checks: held };
  });
  if (json) return print(JSON.stringify(data, undefined, 2));
  print(columns(data.map(({ id, title, checks: held }) => [id, title, pc.dim(`${held} checks`)])));
}
