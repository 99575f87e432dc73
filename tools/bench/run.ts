import { existsSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { type Cell, idOf } from "./cell.ts";
import { EngineProcess, type NodeOptions } from "./engine-process.ts";
import { engines } from "./engines/index.ts";
import { type Machine, machine } from "./machine.ts";
import { Contestant, type Effort, measure } from "./measure.ts";
import { merged, type Results, type Row, readResults, writeResults } from "./results.ts";

/** What to run. */
export interface Plan {
  readonly cells: readonly Cell[];
  readonly backends: readonly string[];
  readonly threads: readonly number[];
  readonly effort: Effort;
  readonly node: NodeOptions;
  /** The engines that were asked for by name, which are spared nothing. */
  readonly named: boolean;
}

/** An engine in a process of its own. */
export const inProcess = (name: string, threads: number, node: NodeOptions = {}): Contestant =>
  new Contestant(name, engines[name].role, threads, () => new EngineProcess(name, node));

/** A bar on stderr, which says what is being timed. */
export function progressBar(total: number): SingleBar {
  const format = "{bar} {value}/{total} {cell}";
  const bar = new SingleBar({
    format,
    stream: process.stderr,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: 20_000,
  });
  bar.start(total, 0, { cell: "" });
  return bar;
}

/** Why an engine that was not asked for by name has no part in a cell. */
const sparedFrom = ({ named }: Plan, cell: Cell, backend: string): string | undefined =>
  named ? undefined : engines[backend].spared?.(cell);

const leftOut = ({ layer, operation }: Cell, backend: string, threads: number, why: string): Row => ({
  ...{ layer, operation, backend, role: engines[backend].role, version: "", threads, status: "left out" },
  reason: `${why}; name it with --backend ${backend}`,
});

/**
 * Runs a plan, with its progress on stderr. Engines of one thread take part where the others have one, too.
 * @param done is told the rows of every cell as soon as they are known
 */
export async function run(plan: Plan, done: (rows: readonly Row[]) => void): Promise<readonly Row[]> {
  const bar = progressBar(plan.cells.length * plan.threads.length);
  const all: Row[] = [];
  for (const threads of plan.threads) {
    const names = plan.backends.filter((name) => threads === 1 || !engines[name].single);
    const contestants = names.map((name) => inProcess(name, threads, plan.node));
    try {
      for (const cell of plan.cells) {
        bar.update({ cell: `${idOf(cell)}, ${threads} ${threads === 1 ? "thread" : "threads"}` });
        const taking = contestants.filter(({ name }) => sparedFrom(plan, cell, name) === undefined);
        all.push(...(await measure(cell, taking, plan.effort)));
        for (const name of names) {
          const why = sparedFrom(plan, cell, name);
          if (why !== undefined) all.push(leftOut(cell, name, threads, why));
        }
        done(all);
        bar.increment();
      }
    } finally {
      await Promise.all(contestants.map((contestant) => contestant.close()));
    }
  }
  bar.stop();
  return all;
}

/** Writes rows to a file; to those that it has where it is to be added to. */
export function saveRows(path: string, rows: readonly Row[], of: Machine, append: boolean): void {
  const earlier = append && existsSync(path) ? readResults(path) : undefined;
  const results: Results = {
    generator: "written by npm run bench (tools/bench/main.ts)",
    machine: of,
    rows: merged(earlier?.rows ?? [], rows),
  };
  writeResults(path, results);
}

/** Where the rows of a run go, and what is said of it. */
export interface Destination {
  readonly json?: string;
  readonly append?: boolean;
  readonly note?: string;
}

/** Writes the rows of a plan, where they are to be written at all. */
export function save({ node }: Plan, rows: readonly Row[], { json, append = false, note }: Destination): void {
  if (json) saveRows(json, rows, { ...machine(node), ...(note && { note }) }, append);
}
