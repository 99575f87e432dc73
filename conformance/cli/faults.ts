import { SingleBar } from "cli-progress";
import Table from "cli-table3";
import pc from "picocolors";
import { kinds } from "../check.ts";
import { type KillTable, tally } from "../faults/tally.ts";
import type { BackendReport } from "../report/report.ts";
import { runBackends } from "../runner/run-backends.ts";
import { type Filters, select, UsageError } from "../runner/select.ts";
import { moduleTarget } from "../runner/target.ts";
import { loadSuite, suiteUrl } from "./load-suite.ts";
import { filtersOf } from "./options.ts";
import { note, print } from "./output.ts";

export interface FaultsOptions extends Partial<Filters> {
  readonly seed: number;
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * Holds the suite against the zoo of planted faults, or against a user's faulty operator.
 * @returns 0 where every fault is caught and every check can fail, 1 otherwise
 */
export async function runFaults(modules: readonly string[], options: FaultsOptions): Promise<number> {
  const filters = filtersOf(options);
  const suite = await loadSuite(suiteUrl);
  if (modules.length > 0) return holdOwn(modules, select(suite, filters), options);
  // Large calls are among them: each is put only to the faults that need it.
  const checks = select(suite, { ...filters, kind: filters.kind.length > 0 ? filters.kind : kinds });
  const bar = new SingleBar({
    format: "{bar} {value}/{total} faults  {fault}",
    noTTYOutput: false,
    stream: process.stderr,
  });
  const table = await tally(checks, {
    seed: options.seed,
    until: options.all ? "all" : "killed",
    onScore: ({ fault }, done, total) => {
      if (done === 1) bar.start(total, 0, { fault });
      bar.update(done, { fault });
    },
  });
  bar.stop();
  print(options.json ? JSON.stringify(table, undefined, 2) : tableText(table));
  return table.survived.length + table.missedByNamed.length + table.checksWithoutFault.length === 0 ? 0 : 1;
}

const list = (title: string, ids: readonly string[]): string[] =>
  ids.length === 0 ? [] : [pc.red(title), ...ids.map((id) => `  ${id}`)];

function tableText(table: KillTable): string {
  const rows = new Table({
    head: ["fault", "first killed by", "ms", "kills by kind"],
    style: { head: [], compact: true },
  });
  for (const { fault, kills, firstKillMs, byKind } of table.faults) {
    const kinds = Object.entries(byKind).map(([kind, count]) => `${kind} ${count}`);
    rows.push([fault, kills[0] ?? pc.red("survived"), firstKillMs?.toFixed(0) ?? "", kinds.join("  ")]);
  }
  const { right, of, betweenCalls, inNoOutput } = table.diagnosis;
  return [
    rows.toString(),
    `${table.killed} of ${table.total} faults killed · the right diagnosis first for ${right} of the ${of} that show in an output of one call`,
    `${betweenCalls} show only between calls, ${inNoOutput} in what is accepted or written to, and are not diagnosed`,
    ...list("survived", table.survived),
    ...list("not caught by the check that is named to catch them", table.missedByNamed),
    ...list("checks that no fault makes fail", table.checksWithoutFault),
  ].join("\n");
}

/** A user's faulty kernel: a backend of which every operator it exports is held against the suite. */
async function holdOwn(
  modules: readonly string[],
  checks: Parameters<typeof runBackends>[1],
  options: FaultsOptions,
): Promise<number> {
  const requested = modules.map((shown) => ({ shown, target: moduleTarget(shown), observed: false }));
  const results = await runBackends(requested, checks, {
    suite: suiteUrl,
    seed: options.seed,
    timeout: 20_000,
    loadTimeout: 60_000,
    signal: new AbortController().signal,
  });
  const unloaded = results.find((result) => "reason" in result);
  if (unloaded && "reason" in unloaded) throw new UsageError(`${unloaded.module}: ${unloaded.reason}`);
  const judged = (results as BackendReport[]).map(({ name, module, checks: records }) => {
    const kills = records.filter(({ status }) => status === "fail" || status === "error");
    const looksLike = kills.find(({ failure }) => failure?.looksLike)?.failure?.looksLike;
    return {
      fault: name,
      module,
      ran: records.filter(({ status }) => status !== "unsupported").length,
      kills: kills.map(({ id }) => id),
      looksLike,
    };
  });
  const survived = judged.filter(({ kills }) => kills.length === 0).map(({ fault }) => fault);
  if (options.json)
    print(
      JSON.stringify(
        { total: judged.length, killed: judged.length - survived.length, survived, faults: judged },
        undefined,
        2,
      ),
    );
  else
    for (const { fault, ran, kills, looksLike } of judged) {
      const verdict =
        kills.length === 0 ? pc.red("survived") : `killed by ${kills.length} of ${ran} checks, first ${kills[0]}`;
      print(`${fault}   ${verdict}${looksLike ? `   looks like ${looksLike}` : ""}`);
    }
  if (survived.length > 0) note("a fault that survives is a gap in the suite, or no fault: does any call show it?");
  return survived.length === 0 ? 0 : 1;
}
