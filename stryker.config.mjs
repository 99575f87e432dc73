// What is mutated, and by which tests a mutant must be caught (vitest.mutation.config.ts), is chosen by MUTATE:
// cpu (unless given), verdicts, checks or reference. MUTATE_FILES narrows it to some files.
const mutated = {
  cpu: ["backends/cpu/plain/**/*.ts"],
  verdicts: ["conformance/verdicts/*.ts"],
  checks: ["conformance/checks/*.ts"],
  reference: ["reference/*.ts", "reference/arithmetics/*.ts"],
};
const set = process.env.MUTATE ?? "cpu";
if (!(set in mutated)) throw new Error(`MUTATE must be one of ${Object.keys(mutated).join(", ")}, got ${set}`);
const files = process.env.MUTATE_FILES?.split(",") ?? mutated[set];

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  packageManager: "npm",
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  mutate: [...files, "!**/*.test.ts"],
  // What an error says is for people: no test reads its words.
  mutator: { excludedMutations: ["StringLiteral"] },
  coverageAnalysis: "perTest",
  dryRunTimeoutMinutes: 30,
  concurrency: Number(process.env.MUTATE_CONCURRENCY ?? 2),
  reporters: ["progress-append-only", "clear-text", "html", "json"],
  htmlReporter: { fileName: `report/mutation-${set}.html` },
  jsonReporter: { fileName: `report/mutation-${set}.json` },
  ignorePatterns: ["dist", "report"],
  ignoreStatic: true,
  thresholds: { high: 95, low: 85, break: null },
  // There is no such file: Stryker would rewrite the paths of the one that there is.
  tsconfigFile: "no-tsconfig-to-rewrite.json",
  clearTextReporter: { logTests: false, reportTests: false },
};
