import Table from "cli-table3";
import pc from "picocolors";
import { type OperatorName, operatorNames } from "../../spec/index.ts";
import type { Status } from "../check.ts";
import { labels, operatorsOf } from "./describe-failure.ts";
import { type BackendReport, type CheckRecord, summarise } from "./report.ts";

const plain = (text: string): string => text;
const colours: Readonly<Record<Status, (text: string) => string>> = {
  pass: pc.green,
  fail: pc.red,
  error: pc.red,
  unsupported: pc.dim,
};

/** 182 pass, 3 fail, 12 unsupported, each on a line of its own. */
function cell(checks: readonly CheckRecord[]): string {
  const summary = summarise(checks);
  const lines = (Object.keys(colours) as Status[])
    .filter((status) => summary[status] > 0)
    .map((status) => colours[status](`${summary[status]} ${status}`));
  return lines.length > 0 ? lines.join("\n") : pc.dim("·");
}

/** The table of a run: a row for each operator, a column for each backend. */
export function table(backends: readonly BackendReport[]): string {
  const operators = operatorsOf(backends, operatorNames);
  const heads = labels(backends).map((label, at) =>
    backends[at].observed ? `${label} ${pc.dim("(observed)")}` : label,
  );
  const rows = new Table({ head: ["", ...heads].map(pc.bold), style: { head: [], border: [] } });
  const row = (name: string, of: (check: CheckRecord) => boolean, colour = plain) =>
    rows.push([colour(name), ...backends.map(({ checks }) => cell(checks.filter(of)))]);
  for (const operator of operators) row(operator, isOf(operator));
  if (operators.length > 1) row("all", () => true, pc.bold);
  return rows.toString();
}

const isOf =
  (name: OperatorName) =>
  ({ operator }: CheckRecord): boolean =>
    operator === name;
