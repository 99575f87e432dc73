import pc from "picocolors";
import { type Claim, claims } from "../../reference/claims/index.ts";
import { type ClauseId, clauseById, constraintsOf, formulasOf, notes, type PrintedFormula } from "../../spec/index.ts";
import type { Check } from "../check.ts";

const mostChecks = 12;

const heading = (text: string): string => pc.bold(text.padEnd(12));

const block = (name: string, lines: readonly string[]): string[] =>
  lines.map((text, at) => `${at === 0 ? heading(name) : " ".repeat(12)} ${text}`);

function formulaLine({ text, axes, when }: PrintedFormula): string {
  const conditions = [
    ...(axes ? [axes === 1 ? "1 axis" : `${axes} axes`] : []),
    ...Object.entries(when ?? {}).map(([attribute, value]) => `${attribute} ${value}`),
  ];
  return conditions.length > 0 ? `${text}   ${pc.dim(`(${conditions.join(", ")})`)}` : text;
}

function claimLines({ title, holds: run }: Claim): string[] {
  const { claimed, found, holds } = run();
  return [title, `  claimed ${claimed}   found ${found}   ${holds ? "holds" : pc.red("fails")}`];
}

/** A clause as a page of text: what holds, where it comes from, and what holds implementations to it. */
export function clauseText(id: ClauseId, checks: readonly Check[]): string {
  const clause = clauseById(id);
  const held = checks.filter((check) => check.clauses.includes(id)).map((check) => check.id);
  const own = claims.filter((claim) => claim.clause === id);
  const nothing = own.length > 0 ? [] : ["none"];
  const more =
    held.length > mostChecks ? [pc.dim(`… and ${held.length - mostChecks} more: convspec list --clause ${id}`)] : [];
  return [
    pc.bold(`${id} · ${clause.title}`),
    "",
    clause.statement,
    "",
    ...block("formula", formulasOf(clause).map(formulaLine)),
    ...block("equation", clause.equation ? [clause.equation] : []),
    ...block(
      "symbols",
      Object.entries(clause.symbols ?? {}).map(([symbol, meaning]) => `${symbol}   ${meaning}`),
    ),
    ...block("special", clause.special ? [clause.special] : []),
    ...block(
      "choices",
      Object.entries(clause.choices ?? {}).map(([name, permitted]) => `${name}: ${permitted.join(" | ")}`),
    ),
    ...block(
      "constraints",
      constraintsOf(id).map((constraint) => `${constraint.id}  ${constraint.statement}`),
    ),
    ...block(
      "source",
      clause.source.map(({ note, heading: title }) => `${notes[note]}, “${title}”`),
    ),
    ...block(
      "errata",
      (clause.errata ?? []).flatMap(({ id: erratum, printed, corrected }) => [
        `${erratum}  in the notes: ${printed}`,
        `${" ".repeat(erratum.length)}  what holds:   ${corrected}`,
      ]),
    ),
    ...block("operators", clause.operators.length > 0 ? [clause.operators.join(", ")] : []),
    ...block("claims", own.flatMap(claimLines)),
    ...block("checks", held.length > 0 ? [...held.slice(0, mostChecks), ...more] : nothing),
  ].join("\n");
}
