/**
 * Writes the tables of conformance/faults.md: the kind of the check that each fault names, and that must catch it;
 * and, where all operators have been scored, how many faults each kind of check catches at all.
 *
 *   npx tsx tools/faults.ts --score            runs the checks of each kind on every fault until one fails, operator by
 *                                              operator, and keeps what came out in report/faults; goes on where it stopped
 *   npx tsx tools/faults.ts --score --operator max-pool   for some operators; several such runs may go at a time
 *   npx tsx tools/faults.ts                    writes the tables
 *   npx tsx tools/faults.ts --check            writes nothing; exits 1 where the page has another first table
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Check, kinds } from "../conformance/check.ts";
import type { Fault } from "../conformance/faults/fault.ts";
import { families } from "../conformance/faults/index.ts";
import { isFor, isNamed } from "../conformance/faults/named.ts";
import type { Score } from "../conformance/faults/score.ts";
import { type KillTable, tally } from "../conformance/faults/tally.ts";
import { suite } from "../conformance/suite.ts";
import { type OperatorName, operatorNames } from "../spec/index.ts";

const { values } = parseArgs({
  options: {
    score: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    operator: { type: "string", multiple: true },
  },
});

const folder = new URL("../report/faults/", import.meta.url);
const page = new URL("../conformance/faults.md", import.meta.url);
const kept = (operator: string): URL => new URL(`${operator}.json`, folder);

/** Scores the faults of one operator by its checks in single precision. */
async function scored(operator: OperatorName): Promise<void> {
  const own = checks.filter((check) => check.operator === operator && check.dtype === "f32");
  const start = performance.now();
  const table = await tally(own, { seed: 1, until: "by-each-kind" });
  writeFileSync(kept(operator), JSON.stringify(table));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${operator}: ${table.killed} of ${table.total} faults killed, ${seconds} s`);
}

const read = (operator: OperatorName): KillTable => JSON.parse(readFileSync(kept(operator), "utf8"));

const total = Object.values(families).flat().length;

type Row = readonly (string | number)[];

/** A table of Markdown, with a last row of sums. */
function markdown(head: Row, rows: readonly Row[]): string {
  const sums = head.slice(1).map((_, at) => `**${rows.reduce((sum, row) => sum + Number(row[at + 1]), 0)}**`);
  const lines = [head, head.map((_, at) => (at === 0 ? "---" : "--:")), ...rows, ["**all**", ...sums]];
  return lines.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** How many faults of each family name a check of each kind. */
function namedTable(checks: readonly Check[]): string {
  const kindOf = (fault: Fault) =>
    checks.find((check) => isFor(check, fault) && isNamed(check.id, fault.caughtBy))?.kind;
  const rows = Object.entries(families).map(([family, faults]) => {
    const named = faults.map(kindOf);
    return [family, faults.length, ...kinds.map((kind) => named.filter((other) => other === kind).length || "")];
  });
  return markdown(["faults in", "planted", ...kinds], rows);
}

/** How many faults of each family make a check of each kind fail. */
function killTable(tables: readonly KillTable[]): string {
  const scores = new Map<string, Score>(tables.flatMap(({ faults }) => faults.map((score) => [score.fault, score])));
  const rows = Object.entries(families).map(([family, faults]) => {
    const own = faults.map(({ id }) => scores.get(id)).filter((score) => score !== undefined);
    if (own.length !== faults.length) throw new Error(`not every fault of "${family}" is scored: delete report/faults`);
    const by = kinds.map((kind) => own.filter(({ byKind }) => byKind[kind] !== undefined).length || "");
    return [family, faults.length, own.filter(({ kills }) => kills.length > 0).length, ...by];
  });
  return markdown(["faults in", "planted", "killed", ...kinds], rows);
}

function diagnosisOf(tables: readonly KillTable[]): string {
  const sum = (of: (table: KillTable) => number): number => tables.reduce((all, table) => all + of(table), 0);
  const right = sum(({ diagnosis }) => diagnosis.right);
  const of = sum(({ diagnosis }) => diagnosis.of);
  const rest = `${sum(({ diagnosis }) => diagnosis.betweenCalls)} show only between calls and ${sum(({ diagnosis }) => diagnosis.inNoOutput)} in what is accepted or written to`;
  return `Diagnosis: of the ${of} faults that show in the outputs of one call, ${right} (${((100 * right) / of).toFixed(1)} %) are named first. ${rest}: their checks say what is wrong, and they are not counted.`;
}

/** The page with what stands between two comments replaced. */
const replaced = (text: string, part: string, content: string): string => {
  const [begin, end] = [`<!-- ${part}, written by tools/faults.ts: from here -->`, `<!-- ${part}: to here -->`];
  if (!text.includes(begin) || !text.includes(end)) throw new Error(`conformance/faults.md lacks ${begin} or ${end}`);
  return `${text.slice(0, text.indexOf(begin))}${begin}\n\n${content}\n\n${text.slice(text.indexOf(end))}`;
};

const checks = await suite();

if (values.score) {
  mkdirSync(folder, { recursive: true });
  const unknown = values.operator?.find((name) => !(operatorNames as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`no operator is called ${unknown}`);
  for (const operator of (values.operator as OperatorName[] | undefined) ?? operatorNames)
    if (!existsSync(kept(operator))) await scored(operator);
} else {
  const current = readFileSync(page, "utf8");
  const named = replaced(current, "named", namedTable(checks));
  if (values.check) {
    if (named !== current) console.error("conformance/faults.md is stale. Run: npx tsx tools/faults.ts");
    else console.log(`conformance/faults.md has all ${total} faults`);
    process.exitCode = named === current ? 0 : 1;
  } else {
    const missing = operatorNames.filter((operator) => !existsSync(kept(operator)));
    const tables = missing.length === 0 ? operatorNames.map(read) : undefined;
    const measured = tables && `${killTable(tables)}\n\n${diagnosisOf(tables)}`;
    writeFileSync(page, measured ? replaced(named, "measured", measured) : named);
    console.log(`${total} faults${measured ? "" : `; not scored yet, and so not measured: ${missing.join(", ")}`}`);
  }
}
