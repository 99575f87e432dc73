import manifest from "../../../manifest.json" with { type: "json" };
import type { BackendReport, NotLoaded, Report } from "../../../report/report.ts";
import { digestOf } from "../../../runner/digest.ts";
import { missingFrom } from "../../../runner/manifest.ts";
import { type Filters, select } from "../../../runner/select.ts";
import { type SuperviseOptions, supervise } from "../../../runner/supervise.ts";
import type { Requested } from "../../../runner/target.ts";
import { checks as all, fixtures } from "../../browser-suite.ts";
import { browserName } from "./browser-name.ts";
import { HostWorker } from "./host-worker.ts";

/** What a person chose, and who is told how it goes. */
export interface PageRun extends Pick<SuperviseOptions, "seed" | "timeout" | "signal" | "onRecord"> {
  /** Names of backends, or URLs of modules. */
  readonly backends: readonly string[];
  readonly filters: Filters;
  onStart(requested: Requested, checks: number): void;
  onLoaded: NonNullable<SuperviseOptions["onLoaded"]>;
}

/** Milliseconds that a backend has at least to load, whatever a check may take. */
const leastLoadTimeout = 60_000;

/** Runs the suite on backends, each in a worker of its own, one after the other. */
export async function run({ backends: chosen, filters, signal, onStart, ...options }: PageRun): Promise<Report> {
  const checks = select(all, filters);
  const started = new Date();
  const results: (BackendReport | NotLoaded)[] = [];
  for (const shown of chosen) {
    if (signal.aborted) break;
    const requested: Requested = { shown, target: { type: "module", specifier: shown }, observed: false };
    onStart(requested, checks.length);
    results.push(
      await supervise(requested, checks, {
        ...options,
        loadTimeout: Math.max(options.timeout, leastLoadTimeout),
        signal,
        suite: import.meta.url,
        newHost: () => new HostWorker(),
      }),
    );
  }
  return {
    version: __CONVSPEC_VERSION__,
    host: browserName(navigator),
    suite: { digest: await digestOf(all, fixtures), checks: all.length, selected: checks.length },
    seed: options.seed,
    started: started.toISOString(),
    wallSeconds: (Date.now() - started.getTime()) / 1000,
    interrupted: signal.aborted,
    problems: missingFrom(all, manifest),
    backends: results.filter((result): result is BackendReport => "checks" in result),
    notLoaded: results.filter((result): result is NotLoaded => !("checks" in result)),
  };
}
