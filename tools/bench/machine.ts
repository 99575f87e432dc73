import { execFileSync } from "node:child_process";
import { cpus, release, totalmem, type } from "node:os";
import type { NodeOptions } from "./engine-process.ts";

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** Flags of Node. */
  readonly flags?: readonly string[];
  /** The graphics adapter, where one took part. */
  readonly adapter?: string;
  /** What else is to be known of the run. */
  readonly note?: string;
  /** Year, month and day. */
  readonly date: string;
}

/** This machine, and the Node that the engines run in. */
export function machine({ node = process.execPath, flags = [] }: NodeOptions = {}): Machine {
  const versions = JSON.parse(execFileSync(node, ["-p", "JSON.stringify(process.versions)"], { encoding: "utf8" }));
  return {
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    system: `${type()} ${release()}`,
    ...{ node: versions.node as string, v8: versions.v8 as string },
    ...(flags.length > 0 ? { flags } : {}),
    date: new Date().toISOString().slice(0, 10),
  };
}
