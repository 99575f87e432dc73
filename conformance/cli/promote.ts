import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BackendReport } from "../report/report.ts";

/**
 * Writes the counterexamples of a run as fixtures below a directory, by their ids.
 * @returns the paths that were written
 */
export function promote(backends: readonly BackendReport[], directory: string): string[] {
  const found = backends.flatMap(({ checks }) => checks.flatMap(({ failure }) => failure?.counterexample ?? []));
  const byId = new Map(found.map((fixture) => [fixture.id, fixture]));
  return [...byId].map(([id, fixture]) => {
    const path = join(directory, `${id}.json`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(fixture, undefined, 2)}\n`);
    return path;
  });
}
