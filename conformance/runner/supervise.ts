import type { Check } from "../check.ts";
import { withLikeliest } from "../faults/likeliest.ts";
import { recordOf } from "../report/record.ts";
import { type BackendReport, type CheckRecord, type NotLoaded, summarise } from "../report/report.ts";
import type { Loaded } from "./messages.ts";
import { CannotLoad, endedDuring, type HostOptions, type RemoteHost } from "./remote-host.ts";
import { Strikes } from "./strikes.ts";
import type { Requested } from "./target.ts";

export interface SuperviseOptions {
  /** URL of the module that exports `suite`, of which the checks are. */
  readonly suite: string;
  readonly seed: number;
  /** Milliseconds that a check may take. */
  readonly timeout: number;
  /** Milliseconds that a backend may take to load. */
  readonly loadTimeout: number;
  readonly signal: AbortSignal;
  /** Starts what the backend is held in, apart from this program. */
  newHost(options: HostOptions): RemoteHost;
  /** @param checks how many it will be asked */
  onLoaded?(requested: Requested, loaded: Loaded, checks: number): void;
  onRecord?(requested: Requested, record: CheckRecord): void;
  onOutput?(requested: Requested, line: string): void;
}

/**
 * Puts checks to a backend that runs in a host of its own. A check that does not answer, or that
 * ends the host, is an error verdict; the next check gets a new host. The host loads while the checks are being made.
 */
export async function supervise(
  requested: Requested,
  checks: readonly Check[] | Promise<readonly Check[]>,
  options: SuperviseOptions,
): Promise<BackendReport | NotLoaded> {
  const { seed, timeout, signal } = options;
  const records: CheckRecord[] = [];
  const strikes = new Strikes();
  let host: RemoteHost | undefined;
  const kill = () => host?.kill();
  signal.addEventListener("abort", kill);

  const start = async (): Promise<Loaded> => {
    const hostOptions: HostOptions = { ...options, onOutput: (line) => options.onOutput?.(requested, line) };
    host = options.newHost(hostOptions);
    return host.load(requested.target, hostOptions);
  };

  const put = async (check: Check): Promise<CheckRecord | undefined> => {
    const failed = (message: string) => recordOf(check, { status: "error", message });
    const out = strikes.out(check.operator);
    if (out !== undefined) return failed(out);
    try {
      if (host === undefined) await start();
    } catch (error) {
      stop();
      strikes.add(check.operator, "crashed");
      return failed(`the backend could not be started again: ${(error as CannotLoad).message}`);
    }
    const before = host?.end !== undefined;
    const outcome = await (host as RemoteHost).run(check.id, seed, timeout);
    if (signal.aborted) return undefined;
    if (outcome.record) return outcome.record;
    stop();
    strikes.add(check.operator, outcome.type === "silent" ? "hung" : "crashed");
    return failed(
      outcome.type === "ended"
        ? endedDuring(outcome, before ? "before this check" : "during this check")
        : `did not answer within ${timeout / 1000} s`,
    );
  };

  const stop = () => {
    kill();
    host = undefined;
  };

  try {
    const [loaded, asked] = await Promise.all([start(), checks]);
    options.onLoaded?.(requested, loaded, asked.length);
    for (const check of asked) {
      if (signal.aborted) break;
      const record = await put(check);
      if (record === undefined) break;
      records.push(record);
      options.onRecord?.(requested, record);
    }
    if (!signal.aborted) await host?.close(timeout);
    const { shown: module, observed, target } = requested;
    const command = target.type === "command";
    return { ...loaded, module, command, observed, summary: summarise(records), checks: withLikeliest(records) };
  } catch (error) {
    if (!(error instanceof CannotLoad)) throw error;
    const { message: reason, unavailable } = error;
    return { module: requested.shown, observed: requested.observed, unavailable, reason };
  } finally {
    stop();
    signal.removeEventListener("abort", kill);
  }
}
