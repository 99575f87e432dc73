import type { Check, Kind } from "../check.ts";
import { recordOf } from "../report/record.ts";
import { type BackendReport, type CheckRecord, type NotLoaded, summarise } from "../report/report.ts";
import type { Loaded } from "./messages.ts";
import { CannotLoad, type Ended, endedDuring, type HostOptions, type RemoteHost, type Silent } from "./remote-host.ts";
import { Strikes } from "./strikes.ts";
import type { Requested } from "./target.ts";

export interface SuperviseOptions {
  /** URL of the module that exports `suite`, of which the checks are. */
  readonly suite: string;
  /** The kinds that they are of; any unless given. */
  readonly kinds?: readonly Kind[];
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

/** The records with the likeliest cause of each failure. */
const explained = async (records: readonly CheckRecord[]): Promise<readonly CheckRecord[]> =>
  records.some(({ failure }) => failure !== undefined)
    ? (await import("../faults/likeliest.ts")).withLikeliest(records)
    : records;

/** How many checks a host is told of at once: it goes on while its answers are taken down. */
const ahead = 64;

const unanswered = (outcome: Silent | Ended, timeout: number): string =>
  outcome.type === "ended"
    ? endedDuring(outcome, "before this check was answered")
    : `did not answer within ${timeout / 1000} s`;

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

  const failed = (check: Check, message: string): CheckRecord => recordOf(check, { status: "error", message });

  /** The records of checks, in their order, up to the first that was not answered; none where the run is stopped. */
  async function* put(asked: readonly Check[]): AsyncGenerator<CheckRecord> {
    const [first] = asked;
    try {
      if (host === undefined) await start();
    } catch (error) {
      stop();
      strikes.add(first.operator, "crashed");
      yield failed(first, `the backend could not be started again: ${(error as CannotLoad).message}`);
      return;
    }
    const ids = asked.map(({ id }) => id);
    let answered = 0;
    for await (const outcome of (host as RemoteHost).run(ids, seed, timeout)) {
      if (signal.aborted) return;
      const check = asked[answered++];
      if ("id" in outcome) yield outcome;
      else {
        stop();
        strikes.add(check.operator, outcome.type === "silent" ? "hung" : "crashed");
        yield failed(check, unanswered(outcome, timeout));
      }
    }
  }

  const stop = () => {
    kill();
    host = undefined;
  };

  const keep = (record: CheckRecord) => {
    records.push(record);
    options.onRecord?.(requested, record);
  };

  /** The next checks that are to be run. */
  const batch = (asked: readonly Check[], from: number): readonly Check[] => {
    const next = asked.slice(from, from + ahead);
    const end = next.findIndex(({ operator }) => strikes.out(operator) !== undefined);
    return end < 0 ? next : next.slice(0, end);
  };

  try {
    const [loaded, asked] = await Promise.all([start(), checks]);
    options.onLoaded?.(requested, loaded, asked.length);
    while (records.length < asked.length && !signal.aborted) {
      const check = asked[records.length];
      const out = strikes.out(check.operator);
      if (out !== undefined) keep(failed(check, out));
      else for await (const record of put(batch(asked, records.length))) keep(record);
    }
    if (!signal.aborted) await host?.close(timeout);
    const { shown: module, observed, target } = requested;
    const command = target.type === "command";
    return { ...loaded, module, command, observed, summary: summarise(records), checks: await explained(records) };
  } catch (error) {
    if (!(error instanceof CannotLoad)) throw error;
    const { message: reason, unavailable } = error;
    return { module: requested.shown, observed: requested.observed, unavailable, reason };
  } finally {
    stop();
    signal.removeEventListener("abort", kill);
  }
}
