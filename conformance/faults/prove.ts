import type { Check } from "../check.ts";
import { runCheck } from "../runner/run-checks.ts";
import { faulty } from "./backend.ts";
import type { Fault } from "./fault.ts";
import { isFor, isNamed } from "./named.ts";

const fails = async (fault: Fault, check: Check, seed: number): Promise<boolean> => {
  const { status } = await runCheck(faulty(fault), check, seed);
  return status === "fail" || status === "error";
};

/**
 * The first check that catches a fault, of those that the fault names; undefined where it survives them.
 * Nothing else is run: this is the short way to hold the suite against the zoo.
 */
export async function catches(fault: Fault, checks: readonly Check[], seed: number): Promise<Check | undefined> {
  for (const check of checks)
    if (isFor(check, fault) && isNamed(check.id, fault.caughtBy) && (await fails(fault, check, seed))) return check;
  return undefined;
}

/**
 * The checks that no fault makes fail, looked for among those of their operator: first the faults
 * that have made most of the checks of that kind fail.
 */
export async function withoutFault(
  checks: readonly Check[],
  faults: readonly Fault[],
  seed: number,
): Promise<readonly Check[]> {
  const killed = new Map<string, number>();
  const left: Check[] = [];
  for (const check of checks) {
    const key = ({ id }: Fault): string => `${check.kind} ${id}`;
    const count = (fault: Fault): number => killed.get(key(fault)) ?? (fault.caughtBy.includes(check.kind) ? 0.5 : 0);
    const likely = faults.filter((fault) => isFor(check, fault)).sort((a, b) => count(b) - count(a));
    let proven = false;
    for (const fault of likely) {
      proven = await fails(fault, check, seed);
      if (!proven) continue;
      killed.set(key(fault), count(fault) + 1);
      break;
    }
    if (!proven) left.push(check);
  }
  return left;
}
