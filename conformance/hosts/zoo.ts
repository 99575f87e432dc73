import { describe, expect, it } from "vitest";
import type { OperatorName } from "../../spec/index.ts";
import { faults } from "../faults/index.ts";
import { catches, withoutFault } from "../faults/prove.ts";
import { suite } from "../suite.ts";

const seed = 1;
const checks = await suite();

/**
 * Holds the suite against the zoo: each fault of the operators must be caught by the check that it
 * names, and each of their checks must be one that some fault makes fail.
 */
export function holdsAgainstZoo(operators: readonly OperatorName[]): void {
  describe.each(operators)("%s", (operator) => {
    const own = checks.filter((check) => check.operator === operator);
    const zoo = faults.filter((fault) => fault.operator === operator);
    const proven = new Set<string>();

    it.each(zoo)("$id is caught by $caughtBy", async (fault) => {
      const check = await catches(fault, own, seed);
      if (check === undefined) throw new Error(`survived: ${fault.caughtBy} does not fail where ${fault.title}`);
      proven.add(check.id);
    });

    it("has no check that no fault makes fail", { timeout: 600_000 }, async () => {
      const left = await withoutFault(
        own.filter(({ id }) => !proven.has(id)),
        zoo,
        seed,
      );
      expect(left.map(({ id }) => id)).toEqual([]);
    });
  });
}
