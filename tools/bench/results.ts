import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import stringify from "json-stringify-pretty-compact";
import type { Machine } from "./machine.ts";
import type { Spread } from "./statistics.ts";

/** What became of a cell on an engine. Only what is timed has times; all else has a reason. */
export type Status = "timed" | "wrong" | "unsupported" | "absent" | "failed" | "left out";

/** One line of the results: one cell on one engine. */
export interface Row {
  readonly layer: string;
  readonly operation: string;
  readonly backend: string;
  readonly role: "ours" | "peer" | "limit";
  readonly version: string;
  readonly threads: number;
  readonly status: Status;
  readonly reason?: string;
  readonly medianMs?: number;
  readonly spread?: Omit<Spread, "median">;
  /** 2 × multiplications per second, in units of 10⁹. */
  readonly gflops?: number;
  /** Bytes of inputs and outputs per second, in units of 10⁹. */
  readonly gbps?: number;
  /** The time of the multiplications or the copy that limits the cell, as a fraction of the engine's. */
  readonly ofLimit?: number;
  /** From the inputs to the first result: compiling, packing, the call. */
  readonly firstMs?: number;
  /** From arrays to an array, where tensors are on a device between calls: upload, call, read-back. */
  readonly roundTripMs?: number;
  /** The largest |error| ÷ Σ|x||w| of the sampled elements. */
  readonly maxError?: number;
  /** The largest resident memory of its process so far. */
  readonly peakMiB?: number;
}

export interface Results {
  readonly $schema?: string;
  readonly generator: string;
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

const schemaUrl = new URL("./results.schema.json", import.meta.url);

/** @throws {Error} that says where results are not what the schema says */
export function validate(results: unknown): Results {
  const schema = JSON.parse(readFileSync(schemaUrl, "utf8")) as object;
  const ajv = new Ajv({ allErrors: true });
  if (!ajv.validate(schema, results)) throw new Error(`no results of the benchmark: ${ajv.errorsText()}`);
  return results as Results;
}

/** @throws {Error} for a file that holds no results */
export const readResults = (path: string): Results => validate(JSON.parse(readFileSync(path, "utf8")));

// Digits beyond these are noise.
const rounded = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Number(value.toPrecision(5)) : value;

/** Writes results, checked by the schema, a row on a line. */
export function writeResults(path: string, results: Results): void {
  validate(results);
  writeFileSync(path, `${stringify(results, { maxLength: 1000, replacer: rounded })}\n`);
}

const keyOf = ({ layer, operation, backend, threads }: Row): string => [layer, operation, backend, threads].join("\n");

/** The rows of a later run in the place of those of an earlier one. */
export function merged(earlier: readonly Row[], later: readonly Row[]): readonly Row[] {
  const rows = new Map(earlier.map((row) => [keyOf(row), row]));
  for (const row of later) rows.set(keyOf(row), row);
  return [...rows.values()];
}
