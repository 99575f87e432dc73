import pc from "picocolors";
import type { Fixture } from "../fixture.ts";
import { again, callLine, deviationLine, formatOf, labels, windowLines } from "./describe-failure.ts";
import { byReason, type Group } from "./groups.ts";
import { count } from "./numbers.ts";
import type { BackendReport, CheckRecord, Report } from "./report.ts";
import { table } from "./table.ts";

const mostFailures = 10;
const mostReasons = 8;
const width = 110;
const mostExample = 900;

const line = (name: string, text: string): string => `  ${pc.dim(name.padEnd(12))} ${text}`;

function windowText(check: CheckRecord): string[] {
  const lines = windowLines(check);
  const joined = lines.join("   ");
  if (joined.length <= width) return lines.length > 0 ? [line("window", joined)] : [];
  return lines.map((text, at) => line(at === 0 ? "window" : "", text));
}

/** A counterexample in one line, if it fits one that can be read. */
function exampleText(fixture: Fixture): string[] {
  const json = JSON.stringify(fixture);
  return json.length <= mostExample ? [line("fixture", json)] : [];
}

/** One failure, as its author reads it: what is wrong where, the numbers that made it, and how to see it again. */
export function failureText(check: CheckRecord, backend: BackendReport, seed: number): string {
  const { id, clauses, failure, message } = check;
  const head = `${pc.red("✗")} ${pc.bold(id)}   ${clauses.join(" ")}   ${pc.dim(formatOf(check, backend))}`;
  const deviation = deviationLine(check);
  return [
    head,
    deviation ? `  ${deviation}` : `  ${message}`,
    ...windowText(check),
    ...(failure?.call ? [line("call", callLine(failure.call))] : []),
    ...(failure?.counterexample ? exampleText(failure.counterexample) : []),
    ...(failure?.looksLike ? [line("looks like", failure.looksLike)] : []),
    line("again", again(backend, id, seed)),
  ].join("\n");
}

const groupLine = ({ reason, checks }: Group): string =>
  `  ${`${checks.length}×`.padStart(6)}  ${reason}   ${pc.dim(`${checks[0].id}${checks.length > 1 ? ", …" : ""}`)}`;

function groupsText(title: string, groups: readonly Group[]): string[] {
  if (groups.length === 0) return [];
  const rest = groups.length - mostReasons;
  const more = rest > 0 ? [`  … and ${count(rest, "more reason")} (report.json has all)`] : [];
  return [title, ...groups.slice(0, mostReasons).map(groupLine), ...more, ""];
}

function backendText(backend: BackendReport, label: string, seed: number): string[] {
  const { summary, checks } = backend;
  const failed = checks.filter(({ status }) => status === "fail");
  const rest = failed.length - mostFailures;
  const errors = byReason(checks, "error");
  return [
    ...(failed.length > 0 ? [pc.bold(pc.red(`${label}: ${summary.fail} failed`)), ""] : []),
    ...failed.slice(0, mostFailures).flatMap((check) => [failureText(check, backend, seed), ""]),
    ...(rest > 0 ? [`… and ${rest} more of ${label} (report.json has all)`, ""] : []),
    ...groupsText(pc.bold(pc.red(`${label}: ${count(summary.error, "error")}`)), errors),
    ...(errors.length > 0 ? [line("again", again(backend, errors[0].checks[0].id, seed)), ""] : []),
    ...groupsText(pc.bold(`${label}: ${summary.unsupported} unsupported`), byReason(checks, "unsupported")),
  ];
}

/** What each backend runs on, a line each, where they say so. */
const descriptions = (backends: readonly BackendReport[], names: readonly string[]): string[] => {
  const lines = backends.flatMap(({ description }, at) =>
    description === null ? [] : [`${pc.bold(names[at])} runs on ${description}`],
  );
  return lines.length > 0 ? [...lines, ""] : [];
};

/** A whole run for the terminal: what it ran on, the table, then what is wrong, then what is unsupported. */
export function reportText(report: Report): string {
  const { backends, suite, seed, wallSeconds, interrupted } = report;
  const names = labels(backends);
  const checks =
    suite.selected === suite.checks ? count(suite.checks, "check") : `${suite.selected} of ${suite.checks} checks`;
  const stopped = interrupted ? pc.yellow("   interrupted: this is what was done so far") : "";
  return [
    ...descriptions(backends, names),
    table(backends),
    `${checks}, seed ${seed}, ${wallSeconds.toFixed(1)} s${stopped}`,
    "",
    ...backends.flatMap((backend, at) => backendText(backend, names[at], seed)),
  ].join("\n");
}
