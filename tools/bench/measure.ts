import type { Tensor } from "../../spec/index.ts";
import type { Cell } from "./cell.ts";
import { inputsOf } from "./data.ts";
import type { Asked } from "./engine-process.ts";
import { type Expected, expected } from "./expected.ts";
import { allowances, compare } from "./judge.ts";
import type { Answer, Loaded, Warmed } from "./protocol.ts";
import type { Row } from "./results.ts";
import { spreadOf } from "./statistics.ts";

/** How long to measure. */
export interface Effort {
  /** Turns of every engine in each cell. */
  readonly rounds: number;
  /** Milliseconds of one turn: short calls are made many times. */
  readonly turnMs: number;
  /** Milliseconds after which an engine has no more turns in a cell, once it had three. */
  readonly budgetMs: number;
  readonly warmMs: number;
}

/** Limits are of one kind of cell. */
const takesPart = ({ limit }: Cell, { role, name }: Contestant): boolean =>
  role !== "limit" || name === (limit === "multiply" ? "wasm-peak" : "copy");

export const usualEffort: Effort = { rounds: 11, turnMs: 12, budgetMs: 1500, warmMs: 250 };

/** A call that takes longer than this, in milliseconds, is timed once, after the one that is checked. */
const slowMs = 1500;
const fewestSamples = 3;

type Answered<T> = { readonly ok: T } | { readonly status: Row["status"]; readonly reason: string };

const statusOf = <T>(answer: Answer<T>): Answered<T> => {
  if ("ok" in answer) return answer;
  if ("unsupported" in answer) return { status: "unsupported", reason: answer.unsupported };
  if ("absent" in answer) return { status: "absent", reason: answer.absent };
  return { status: "failed", reason: answer.error };
};

/** One engine on a number of threads, over all cells: started anew where its process ended. */
export class Contestant {
  readonly name: string;
  readonly role: Row["role"];
  readonly asked: number;
  readonly #start: () => Asked | Promise<Asked>;
  #process: Asked | undefined;
  #loaded: Answered<Loaded> | undefined;

  constructor(name: string, role: Row["role"], threads: number, start: () => Asked | Promise<Asked>) {
    this.name = name;
    this.role = role;
    this.asked = threads;
    this.#start = start;
  }

  async load(): Promise<Answered<Loaded>> {
    if (this.#process && this.#process.ended === undefined && this.#loaded) return this.#loaded;
    // What failed may have been chance; what is not there will not be there for the next cell.
    if (this.#loaded && "status" in this.#loaded && this.#loaded.status === "absent") return this.#loaded;
    this.#process = await this.#start();
    this.#loaded = statusOf(await this.#process.ask({ type: "load", engine: this.name, threads: this.asked }));
    return this.#loaded;
  }

  get process(): Asked {
    if (!this.#process) throw new Error(`${this.name} is not loaded`);
    return this.#process;
  }

  async close(): Promise<void> {
    if (this.#process && this.#process.ended === undefined) await this.#process.ask({ type: "close" });
    this.#process?.kill();
  }
}

/** An engine that is ready for a cell, and its times so far. */
interface Entrant {
  readonly contestant: Contestant;
  readonly row: Omit<Row, "status">;
  readonly calls: number;
  readonly most: number;
  readonly samples: number[];
  spentMs: number;
  peakMiB?: number;
  roundTripMs?: number;
  failed?: string;
}

type Draft = Omit<Row, "status">;

interface Task {
  readonly cell: Cell;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly expected: Expected;
  readonly allowed: readonly number[];
  readonly effort: Effort;
}

/** Has an engine compute the cell and compares the result; only what is right is timed. */
async function enter(contestant: Contestant, task: Task): Promise<Entrant | Row> {
  const { cell, expected: at, allowed, effort } = task;
  const { name, role, asked } = contestant;
  const loaded = await contestant.load();
  const known = "ok" in loaded ? loaded.ok : { version: "", threads: asked };
  let row: Draft = { layer: cell.layer, operation: cell.operation, backend: name, role, ...known };
  if (!("ok" in loaded)) return { ...row, ...loaded };
  const prepared = statusOf(await contestant.process.ask({ type: "prepare", cell, positions: at.positions }));
  if (!("ok" in prepared)) return { ...row, ...prepared };
  const { firstMs, values } = prepared.ok;
  row = { ...row, firstMs };
  if (role !== "limit") {
    const { maxError, wrong } = compare(cell, at, allowed, values);
    if (wrong !== undefined) {
      await contestant.process.ask({ type: "release" });
      return { ...row, status: "wrong", reason: wrong };
    }
    row = { ...row, maxError };
  }
  const warmed = await warm(contestant, firstMs, effort.warmMs);
  if (!("ok" in warmed)) return { ...row, ...warmed };
  const { ms } = warmed.ok;
  const calls = Math.max(1, Math.min(1000, Math.round(effort.turnMs / ms)));
  // A slow call is not made again: the last one is what it took.
  return ms > slowMs
    ? { contestant, row, calls, most: 1, samples: [ms], spentMs: ms }
    : { contestant, row, calls, most: effort.rounds, samples: [], spentMs: 0 };
}

/** Calls it until it is warm; once, to begin with, where the first call was slow, as it may have been the compiler. */
async function warm({ process }: Contestant, firstMs: number, ms: number): Promise<Answered<Warmed>> {
  if (firstMs > slowMs) {
    const once = statusOf(await process.ask({ type: "warm", ms: 0 }));
    if (!("ok" in once) || once.ok.ms > slowMs) return once;
  }
  return statusOf(await process.ask({ type: "warm", ms }));
}

async function turn(entrant: Entrant): Promise<void> {
  const timed = await entrant.contestant.process.ask({ type: "run", calls: entrant.calls });
  if (!("ok" in timed)) {
    const failed = statusOf(timed);
    entrant.failed = "reason" in failed ? failed.reason : "";
    return;
  }
  entrant.samples.push(timed.ok.ms / entrant.calls);
  entrant.spentMs += timed.ok.ms;
  entrant.peakMiB = timed.ok.peakMiB;
}

async function leave(entrant: Entrant): Promise<void> {
  const { process } = entrant.contestant;
  const whole = await process.ask({ type: "roundTrip" });
  if ("ok" in whole) entrant.roundTripMs = whole.ok.ms;
  await process.ask({ type: "release" });
}

const rowOf = ({ multiplies, bytes }: Cell, { row, samples, peakMiB, roundTripMs, failed }: Entrant): Row => {
  if (failed !== undefined) return { ...row, status: "failed", reason: failed };
  const { median, ...spread } = spreadOf(samples);
  const rates = { gflops: (2 * multiplies) / median / 1e6, gbps: bytes / median / 1e6 };
  const known = { ...(peakMiB && { peakMiB }), ...(roundTripMs && { roundTripMs }) };
  return { ...row, status: "timed", medianMs: median, spread, ...rates, ...known };
};

/** Each row with what the cell's limit would have taken, as a fraction of what it took. */
export function withLimit(rows: readonly Row[]): readonly Row[] {
  const limit = rows.find(({ role, medianMs }) => role === "limit" && medianMs !== undefined)?.medianMs;
  if (limit === undefined) return rows;
  return rows.map((row) => (row.medianMs === undefined ? row : { ...row, ofLimit: limit / row.medianMs }));
}

const isRow = (entered: Entrant | Row): entered is Row => "status" in entered;

/**
 * Times one cell on all engines, turn by turn, so that whatever drifts on the machine meets all of them alike.
 * The order of the turns is rotated from round to round.
 */
export async function measure(cell: Cell, contestants: readonly Contestant[], effort: Effort): Promise<readonly Row[]> {
  const inputs = inputsOf(cell);
  const at = expected(cell, inputs);
  const task: Task = { cell, inputs, expected: at, allowed: allowances(cell, inputs, at), effort };
  const entered: (Entrant | Row)[] = [];
  for (const contestant of contestants.filter((one) => takesPart(cell, one)))
    entered.push(await enter(contestant, task));
  const entrants = entered.filter((entry): entry is Entrant => !isRow(entry));
  for (let round = 0; round < effort.rounds; round++)
    for (let place = 0; place < entrants.length; place++) {
      const entrant = entrants[(round + place) % entrants.length];
      const { samples, spentMs, most, failed } = entrant;
      const spent = spentMs > effort.budgetMs && samples.length >= fewestSamples;
      if (failed === undefined && samples.length < most && !spent) await turn(entrant);
    }
  for (const entrant of entrants) if (entrant.failed === undefined) await leave(entrant);
  return withLimit(entered.map((entry) => (isRow(entry) ? entry : rowOf(cell, entry))));
}
