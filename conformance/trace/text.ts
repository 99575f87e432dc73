import Table from "cli-table3";
import pc from "picocolors";
import { families } from "../../spec/index.ts";
import type { Trace, TracedClause } from "./trace.ts";

const count = (things: readonly unknown[]): string => (things.length === 0 ? pc.dim("·") : `${things.length}`);

const formula: Readonly<Record<TracedClause["formula"], string>> = {
  runs: "runs",
  equation: pc.dim("equation"),
  prose: pc.dim("·"),
  idle: pc.red("idle"),
};

/** How many of a clause's constraints have a negative case wherever they are enforced, of how many. */
function constraintsCell(clause: TracedClause, { constraints }: Trace): string {
  if (clause.constraints.length === 0) return pc.dim("·");
  const held = clause.constraints.filter((id) =>
    constraints.every((constraint) => constraint.id !== id || constraint.negativeCases.length > 0),
  );
  const text = `${held.length}/${clause.constraints.length}`;
  return held.length === clause.constraints.length ? text : pc.red(text);
}

function row(clause: TracedClause, trace: Trace): string[] {
  const { id, title, cases, laws, gradients, states, claims, ran } = clause;
  return [
    id,
    title,
    formula[clause.formula],
    constraintsCell(clause, trace),
    count(cases),
    count(laws),
    count(gradients),
    count(states),
    count(claims),
    ...(ran === undefined ? [] : [ran ? "yes" : pc.dim("no")]),
  ];
}

const distinct = (ids: readonly { readonly id: string }[]): number =>
  new Set(ids.map(({ id }) => id.replace(/@.*$/, ""))).size;

const plural = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** A trace as a table a family, the gaps, and the figures in one line. */
export function traceText(trace: Trace): string {
  const { clauses, constraints, cases, laws, gradients, claims, notes, gaps } = trace;
  const looked = clauses.some(({ ran }) => ran !== undefined);
  const head = [
    "",
    "",
    "formula",
    "constraints",
    "cases",
    "laws",
    "gradients",
    "states",
    "claims",
    ...(looked ? ["ran"] : []),
  ];
  const tables = families.map(({ family, title }) => {
    const table = new Table({
      head: head.map((cell) => pc.bold(cell)),
      style: { head: [], border: [], compact: true },
    });
    for (const clause of clauses) if (clause.id.startsWith(`${family}-`)) table.push(row(clause, trace));
    return `${pc.bold(`${family} · ${title}`)}\n${table.toString()}`;
  });
  const figures = [
    plural(clauses.length, "clause"),
    plural(distinct(constraints), "constraint"),
    plural(distinct(cases), "case"),
    plural(distinct(laws), "law"),
    plural(distinct(gradients), "gradient check"),
    plural(claims.length, "claim"),
    plural(clauses.flatMap(({ errata }) => errata).length, "erratum", "errata"),
    plural(notes.length, "entry of the notes", "entries of the notes"),
  ].join(", ");
  const missing =
    gaps.length === 0
      ? [pc.green("no gap")]
      : [pc.red(plural(gaps.length, "gap")), ...gaps.map(({ about, message }) => `  ${about} ${message}`)];
  return [...tables, "", figures, ...missing].join("\n");
}
