import { setTimeout as after } from "node:timers/promises";
import { expect, test } from "vitest";
import { testBackend } from "../cli/convspec.testing.ts";
import { loadSuite, suiteUrl } from "../cli/load-suite.ts";
import cpu from "../known-good/reference-f32.ts";
import type { BackendReport } from "../report/report.ts";
import { HostProcess } from "./host-process.ts";
import { runChecks } from "./run-checks.ts";
import { noFilters, select } from "./select.ts";
import { type SuperviseOptions, supervise } from "./supervise.ts";
import { moduleTarget, requestedBackends } from "./target.ts";

const all = await loadSuite(suiteUrl);
const check = ["max-pool/exact/ragged-1d@f32", "max-pool/exact/ragged-2d@f32"];
const checks = select(all, { ...noFilters, check });

const options: SuperviseOptions = {
  suite: suiteUrl,
  seed: 1,
  timeout: 10_000,
  loadTimeout: 20_000,
  signal: new AbortController().signal,
  newHost: (of) => new HostProcess(of),
};

const requested = (file: string) => {
  const shown = testBackend(file);
  return { shown, target: moduleTarget(shown), observed: false };
};

test("a module that never finishes loading is given up", async () => {
  const result = await supervise(requested("spins-on-import.ts"), checks, { ...options, loadTimeout: 3000 });
  expect(result).toMatchObject({ reason: "it did not load within 3 s" });
});

test("a process that ends a moment after an answer is an error of a check that follows", async () => {
  const many = select(all, { ...noFilters, check: ["max-pool/exact"], dtype: ["f32"] });
  const result = (await supervise(requested("dies-afterwards.ts"), many, options)) as BackendReport;
  const [first, ...following] = result.checks.map(({ message }) => message);
  expect(first).toBe("the backend threw: answered");
  expect(following).toContain("the process exited with code 9 before this check was answered");
});

test("a run that is stopped keeps what it has", async () => {
  const controller = new AbortController();
  const running = supervise(requested("never.ts"), checks, {
    ...options,
    signal: controller.signal,
    onLoaded: async () => {
      await after(200);
      controller.abort();
    },
  });
  expect(await running).toMatchObject({ name: "never", checks: [] });
});

test("in process, the same checks give the same records", async () => {
  const seen: string[] = [];
  const records = await runChecks(cpu, checks, { onVerdict: ({ id }) => seen.push(id) });
  const good = { shown: "reference-f32", target: moduleTarget("reference-f32"), observed: false };
  const supervised = (await supervise(good, checks, options)) as BackendReport;
  expect(supervised.checks).toEqual(records);
  expect(supervised.summary).toEqual({ pass: 2, fail: 0, unsupported: 0, error: 0 });
  expect(seen).toEqual(checks.map(({ id }) => id));
});

test("what the user names is one of ours, a path or a package", () => {
  expect(moduleTarget("reference-f32")).toMatchObject({
    specifier: expect.stringMatching(/known-good\/reference-f32\.[jt]s$/),
  });
  expect(moduleTarget("./mine.ts")).toMatchObject({ specifier: expect.stringMatching(/^file:.*\/mine\.ts$/) });
  expect(moduleTarget("mine.js")).toMatchObject({ specifier: expect.stringMatching(/^file:/) });
  expect(moduleTarget("@scope/backend")).toEqual({ type: "module", specifier: "@scope/backend" });
});

test("with only observed backends ours are held as well", () => {
  expect(requestedBackends([], [], ["tfjs"]).map(({ shown, observed }) => [shown, observed])).toEqual([
    ["reference-f32", false],
    ["cpu", false],
    ["fft", false],
    ["webgpu", false],
    ["tfjs", true],
  ]);
  expect(requestedBackends([], ["./run"]).map(({ shown }) => shown)).toEqual(["./run"]);
});
