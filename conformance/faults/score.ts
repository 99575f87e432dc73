import type { Check, Kind } from "../check.ts";
import { runCheck } from "../runner/run-checks.ts";
import { faulty } from "./backend.ts";
import type { Fault } from "./fault.ts";
import { likeliest } from "./likeliest.ts";

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
  /** The fault that the diagnosis names first; absent for faults that no single call shows. */
  readonly diagnosed?: string;
}

/** How many failures of a fault are diagnosed. */
const mostDiagnoses = 6;

/** Whether a check is the one a fault names: an id without its format, or all below a name. */
const isNamed = (id: string, name: string): boolean =>
  id === name || id.startsWith(`${name}@`) || id.startsWith(`${name}/`);

/**
 * Runs the checks of the fault's operator on the backend that has it, in the order of the suite:
 * all of them, or until one fails, then the one that is named to catch it, and those for which
 * `wanted` holds.
 */
export async function score(
  fault: Fault,
  checks: readonly Check[],
  seed: number,
  { all, wanted }: { readonly all: boolean; wanted(check: Check): boolean },
): Promise<Score> {
  const { id, operator, title, models, caughtBy } = fault;
  const backend = faulty(fault);
  const kills: string[] = [];
  const byKind: Partial<Record<Kind, number>> = {};
  const explained: (readonly string[])[] = [];
  let firstKillMs: number | undefined;
  let spent = 0;
  let proven = false;
  const put = async (check: Check): Promise<void> => {
    const start = performance.now();
    const { status, failure } = await runCheck(
      backend,
      check,
      seed,
      !fault.stateful && explained.length < mostDiagnoses,
    );
    spent += performance.now() - start;
    if (status !== "fail" && status !== "error") return;
    firstKillMs ??= spent;
    proven ||= isNamed(check.id, caughtBy);
    if (failure?.matches) explained.push(failure.matches);
    kills.push(check.id);
    byKind[check.kind] = (byKind[check.kind] ?? 0) + 1;
  };
  const own = checks.filter((check) => check.operator === operator);
  for (const check of own) {
    const needed = all || firstKillMs === undefined || (!proven && isNamed(check.id, caughtBy)) || wanted(check);
    if (needed) await put(check);
  }
  const diagnosed = likeliest(explained);
  return { fault: id, operator, title, models, caughtBy, kills, byKind, firstKillMs, asNamed: proven, diagnosed };
}
