/** What the process or page of one engine does: makes a cell ready, calls it as often as told, says how long it took. */
import { UnsupportedError } from "../../spec/index.ts";
import type { Cell } from "./cell.ts";
import { inputsOf } from "./data.ts";
import { AbsentError, type Engine, type Prepared } from "./engines/engine.ts";
import type { Answer, FirstCall, Loaded, Request, RoundTrip, Timed, Warmed } from "./protocol.ts";

/** What the host finds around it. */
export interface Surroundings {
  /** Starts an engine by its name. */
  readonly start: (name: string, threads: number) => Promise<Engine>;
  /** The largest resident memory so far, where it is known. */
  readonly peakMiB?: () => number;
}

let around: Surroundings;
let engine: Engine;
let prepared: Prepared | undefined;

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === "object" && value !== null && "then" in value;

/** Calls in a row, each complete before the next; a promise is waited for only where there is one. */
async function calls({ call, finish }: Prepared, count: number): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < count; at++) {
    const returned = call();
    if (isPromise(returned)) await returned;
  }
  await finish?.();
  return performance.now() - start;
}

const ready = (): Prepared => {
  if (!prepared) throw new Error("no cell is prepared");
  return prepared;
};

async function load(name: string, threads: number): Promise<Loaded> {
  engine = await around.start(name, threads);
  return { version: engine.version, threads: engine.threads };
}

async function prepare(cell: Cell, positions: readonly number[]): Promise<FirstCall> {
  const inputs = inputsOf(cell);
  const start = performance.now();
  prepared = await engine.prepare(cell, inputs);
  await calls(prepared, 1);
  const firstMs = performance.now() - start;
  const output = await prepared.output();
  return { firstMs, values: positions.map((position) => output[position]) };
}

/** Until the compiler has done its work: for a time, and a few calls, unless one takes longer than all of it. */
async function warm(ms: number): Promise<Warmed> {
  const start = performance.now();
  let last = 0;
  for (let at = 0; at < 3 || performance.now() - start < ms; at++) {
    last = await calls(ready(), 1);
    if (last > ms) break;
  }
  return { ms: last };
}

async function run(count: number): Promise<Timed> {
  const ms = await calls(ready(), count);
  return { ms, peakMiB: around.peakMiB?.() };
}

/** From arrays to arrays, where an engine's tensors are elsewhere between calls. */
async function roundTrip(): Promise<RoundTrip> {
  const { roundTrip: whole } = ready();
  if (!whole) return {};
  await whole();
  const start = performance.now();
  await whole();
  return { ms: performance.now() - start };
}

async function release(): Promise<true> {
  await prepared?.release?.();
  prepared = undefined;
  return true;
}

async function answer(request: Request): Promise<unknown> {
  if (request.type === "load") return load(request.engine, request.threads);
  if (request.type === "prepare") return prepare(request.cell, request.positions);
  if (request.type === "warm") return warm(request.ms);
  if (request.type === "run") return run(request.calls);
  if (request.type === "roundTrip") return roundTrip();
  await release();
  if (request.type === "close") await engine?.close?.();
  return true;
}

const explain = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : JSON.stringify(thrown));

/** Answers one request. */
export async function answered(request: Request, surroundings: Surroundings): Promise<Answer<unknown>> {
  around = surroundings;
  try {
    return { ok: await answer(request) };
  } catch (thrown) {
    const { name } = thrown as Error;
    if (thrown instanceof AbsentError) return { absent: explain(thrown) };
    // By its name: a backend is compiled, and its classes are not those of the sources.
    return name === UnsupportedError.name ? { unsupported: explain(thrown) } : { error: explain(thrown) };
  }
}
