/**
 * The suite, for programs: put its checks to a backend with `runChecks(backend, await suite())`.
 * The command line `convspec run` does the same with each backend in a process of its own.
 */
export * from "./check.ts";
export { checksOf } from "./checks/index.ts";
export { type Expected, type ExpectedOutput, expect } from "./expected.ts";
export type * from "./fixture.ts";
export { type Fixtures, fixturesOf } from "./fixtures.ts";
export { invoke, MalformedResult } from "./invoke.ts";
export { type KernelFixture, loadKernels } from "./kernels.ts";
export { loadFixtures } from "./load-fixtures.ts";
export { reportHtml } from "./report/html.ts";
export { recordOf } from "./report/record.ts";
export * from "./report/report.ts";
export { digestOf } from "./runner/digest.ts";
export { processBackend } from "./runner/process-backend.ts";
export { type RunOptions, runCheck, runChecks } from "./runner/run-checks.ts";
export { type Filters, noFilters, select, UsageError } from "./runner/select.ts";
export { suite } from "./suite.ts";
export { judge } from "./verdicts/judge.ts";
