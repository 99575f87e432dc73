import type { Check, Kind } from "../check.ts";
import { runCheck } from "../runner/run-checks.ts";
import { faulty } from "./backend.ts";
import type { Fault } from "./fault.ts";
import { candidates, isOpen, type Seen } from "./likeliest.ts";
import { isFor, isNamed } from "./named.ts";

/** What the suite made of one fault. */
export interface Score {
  readonly fault: string;
  readonly operator: string;
  readonly title: string;
  readonly models?: string;
  readonly caughtBy: string;
  /** The checks that failed, in the order in which they ran. */
  readonly kills: readonly string[];
  /** How many checks of each kind failed. */
  readonly byKind: Partial<Readonly<Record<Kind, number>>>;
  /** Milliseconds until the first check failed. */
  readonly firstKillMs?: number;
  /** Whether the check that is named to catch it did. */
  readonly asNamed: boolean;
  /** The fault that the diagnosis names first; absent for faults that show in no output of a single call. */
  readonly diagnosed?: string;
}

/** How many failures of a fault are diagnosed. */
const mostDiagnoses = 6;

/** Which checks are put to a fault at least: until one fails, until one of each kind does, or all. */
export type Until = "killed" | "by-each-kind" | "all";

/**
 * Runs the checks of the fault's operator on the backend that has it, in the order of the suite: as
 * many as `until` says, the one that is named to catch it, those for which `wanted` holds, and those
 * that tell the likely causes apart.
 */
export async function score(
  fault: Fault,
  checks: readonly Check[],
  seed: number,
  { until, wanted }: { readonly until: Until; wanted(check: Check): boolean },
): Promise<Score> {
  const { id, operator, title, models, caughtBy } = fault;
  const backend = faulty(fault);
  const kills: string[] = [];
  const byKind: Partial<Record<Kind, number>> = {};
  const ran = new Map<string, Seen>();
  const shows = !fault.stateful && !fault.valueless;
  const looked = (): number => [...ran.values()].filter(({ matches }) => matches !== undefined).length;
  let firstKillMs: number | undefined;
  let spent = 0;
  const put = async (check: Check): Promise<void> => {
    const start = performance.now();
    const { status, failure } = await runCheck(backend, check, seed, shows && looked() < mostDiagnoses);
    spent += performance.now() - start;
    ran.set(check.id, { id: check.id, kind: check.kind, status, matches: failure?.matches });
    if (status !== "fail" && status !== "error") return;
    firstKillMs ??= spent;
    kills.push(check.id);
    byKind[check.kind] = (byKind[check.kind] ?? 0) + 1;
  };
  const own = checks.filter((check) => isFor(check, fault));
  const likely = () => candidates([...ran.values()]);
  const isProven = (name: string): boolean => kills.some((kill) => isNamed(kill, name));

  const isShort = ({ kind }: Check): boolean =>
    until === "all" || firstKillMs === undefined || (until === "by-each-kind" && byKind[kind] === undefined);

  for (const check of own)
    if (isShort(check) || (isNamed(check.id, caughtBy) && !isProven(caughtBy)) || wanted(check)) await put(check);
  for (const { fault: other } of shows ? likely() : [])
    for (const check of own)
      if (!ran.has(check.id) && isNamed(check.id, other.caughtBy) && !isProven(other.caughtBy)) await put(check);
  for (const check of own) if (!ran.has(check.id) && looked() < mostDiagnoses && isOpen(likely())) await put(check);
  return {
    ...{ fault: id, operator, title, models, caughtBy, kills, byKind, firstKillMs },
    asNamed: isProven(caughtBy),
    diagnosed: likely().find(({ refuted }) => !refuted)?.fault.id,
  };
}
