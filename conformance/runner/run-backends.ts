import { availableParallelism } from "node:os";
import type { Check } from "../check.ts";
import type { BackendReport, NotLoaded } from "../report/report.ts";
import { HostProcess } from "./host-process.ts";
import { type SuperviseOptions, supervise } from "./supervise.ts";
import type { Requested } from "./target.ts";

/** Puts the same checks to several backends, each in a process of its own, two at a time where there are two cores, and keeps their order. */
export async function runBackends(
  requested: readonly Requested[],
  checks: readonly Check[] | Promise<readonly Check[]>,
  options: Omit<SuperviseOptions, "newHost">,
): Promise<(BackendReport | NotLoaded)[]> {
  const results: (BackendReport | NotLoaded)[] = [];
  const waiting = requested.entries();
  const worker = async () => {
    for (const [at, backend] of waiting) {
      if (options.signal.aborted) break;
      results[at] = await supervise(backend, checks, { ...options, newHost: (of) => new HostProcess(of) });
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return results.filter((result) => result !== undefined);
}
