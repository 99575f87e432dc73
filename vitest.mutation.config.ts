import { defineConfig } from "vitest/config";

/** The tests that must catch a mutant, by what is mutated: see stryker.config.mjs. */
const tests: Readonly<Record<string, readonly string[]>> = {
  cpu: ["conformance/hosts/cpu-mutation.test.ts"],
  verdicts: ["conformance/verdicts/*.test.ts"],
  checks: ["conformance/checks/*.test.ts", "conformance/hosts/checks.mutation.ts"],
  reference: ["reference/**/*.test.ts", "conformance/formula.test.ts"],
};

export default defineConfig({
  test: { include: [...tests[process.env.MUTATE ?? "cpu"]], testTimeout: 300_000, maxWorkers: 1 },
});
