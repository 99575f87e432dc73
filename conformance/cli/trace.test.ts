import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Trace } from "../trace/trace.ts";
import { convspec, scratch } from "./convspec.testing.ts";

describe.concurrent("convspec trace", { timeout: 60_000 }, () => {
  test("prints a table for each family and ends with the gaps, of which there are none", async () => {
    const { code, stdout } = await convspec(["trace"]);
    expect(stdout).toContain("CORR · Cross-correlation");
    expect(stdout).toMatch(/^│ COST-5 .*runs/m);
    expect(stdout).toMatch(/no gap\n$/);
    expect(code).toBe(0);
  });

  test("--json gives the same as data", async () => {
    const { stdout } = await convspec(["trace", "--json"]);
    const trace = JSON.parse(stdout) as Trace;
    for (const part of ["clauses", "constraints", "cases", "laws", "notes", "gaps"] as const)
      expect(Array.isArray(trace[part]), part).toBe(true);
    expect(trace.clauses.find(({ id }) => id === "CORR-4")?.laws).toContain("correlate/law/stride-subsamples");
  });

  test("--report shows what ran, and what did not is a gap", async () => {
    const cwd = scratch();
    await convspec(["run", "cpu", "--clause", "CORR-4", "--operator", "correlate"], { cwd });
    const { code, stdout } = await convspec(["trace", "--json", "--report", "report/report.json"], { cwd });
    const { clauses, gaps } = JSON.parse(stdout) as Trace;
    expect(code).toBe(1);
    expect(clauses.find(({ id }) => id === "CORR-4")?.ran).toBe(true);
    expect(gaps).toContainEqual(expect.objectContaining({ kind: "clause-not-run", about: "POOL-2" }));
  });

  test("a report that is not there, or is none, is wrong usage", async () => {
    const cwd = scratch();
    const missing = await convspec(["trace", "--report", "nowhere.json"], { cwd });
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("there is no report nowhere.json")]);
    writeFileSync(join(cwd, "odd.json"), "{}");
    const odd = await convspec(["trace", "--report", "odd.json"], { cwd });
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining("odd.json is no report of convspec")]);
  });
});
