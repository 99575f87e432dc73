import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../report/report.ts";
import { reportViolation } from "../report/schema.ts";
import { convspec, scratch, testBackend } from "./convspec.testing.ts";

const one = ["--check", "correlate/exact/stride-2d@f32"];

describe.concurrent("convspec run", { timeout: 60_000 }, () => {
  test("holds our own backends where none is named", async () => {
    const cwd = scratch();
    const { code, stdout } = await convspec(["run", ...one, "--report", "out"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/reference-f32\s+│\s+cpu\s+│\s+fft\s+│\s+webgpu/);
    expect(stdout).toContain("report: out/report.json, out/report.html");
    expect(reportViolation(JSON.parse(readFileSync(join(cwd, "out/report.json"), "utf8")))).toBeUndefined();
    expect(readFileSync(join(cwd, "out/report.html"), "utf8")).not.toMatch(/<script|https?:\/\//);
  });

  test("a failure shows clause, numbers, window and how to see it again", async () => {
    const { code, stdout } = await convspec(["run", testBackend("flipped.ts"), ...one, "--no-report"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ correlate\/exact\/stride-2d@f32 {3}CORR-4 {3}f32, direct/);
    expect(stdout).toMatch(/Z\[0,0,0,0\] {3}got −?\d+ {3}exact −?\d+ {3}allowed 0 {3}\(\d+ of 18 elements wrong\)/);
    expect(stdout).toMatch(/window +V\[0,0\.\.2,0\.\.1,0\.\.2\] = .+\n +× {3}K\[0,0\.\.2,0\.\.1,0\.\.2\] = /);
    expect(stdout).toMatch(/again +npx convspec run \S+flipped\.ts --check correlate\/exact\/stride-2d@f32 --seed 1/);
  });

  test("--json prints the report and nothing else, whatever the backend prints", async () => {
    const { code, stdout, stderr } = await convspec([
      "run",
      testBackend("never.ts"),
      ...one,
      "--timeout",
      "1",
      "--json",
      "--no-report",
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("loaded and talkative");
    const report = JSON.parse(stdout) as Report;
    expect(reportViolation(report)).toBeUndefined();
    expect(report.backends[0].checks[0]).toMatchObject({ status: "error", message: "did not answer within 1 s" });
  });

  test("what is only observed decides nothing", async () => {
    const failing = await convspec(["run", "cpu", "--observe", testBackend("flipped.ts"), ...one, "--no-report"]);
    expect(failing.code).toBe(0);
    expect(failing.stdout).toContain("flipped (observed)");
    const missing = await convspec(["run", "cpu", "--observe", "./missing.js", ...one, "--no-report"]);
    expect(missing.code).toBe(0);
    expect(missing.stderr).toContain("cannot load ./missing.js");
  });

  test.each([
    ["is not asked for", ["cpu", "--require", "webgpu"], "required backend webgpu is not among those that ran: cpu"],
    [
      "cannot be loaded",
      ["cpu", "./gpu.js", "--require", "./gpu.js"],
      "required backend ./gpu.js cannot be loaded: there is no file",
    ],
    [
      "supports nothing",
      ["reference-f32", "--require", "reference-f32", "--dtype", "f64"],
      "required backend reference-f32 ran none of the checks: number format f64",
    ],
  ])("a required backend that %s fails the run", async (_, args, line) => {
    const { code, stderr } = await convspec([
      "run",
      ...args,
      "--operator",
      "max-pool",
      "--kind",
      "case",
      "--no-report",
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(line);
  });

  test.each([
    [
      ["--operator", "max-pol"],
      "no check matches --operator max-pol (did you mean max-pool?); operators are: correlate",
    ],
    [["--clause", "CORR-444"], "no check matches --clause CORR-444"],
    [["--check", "correlate/exact/strid"], "did you mean correlate/exact/stride"],
    [["--operator", "max-pool", "--clause", "CORR"], "no check matches --operator max-pool and --clause CORR"],
    [["--kind", "lawful"], "Allowed choices are case, law"],
    [["--seed", "many"], "A seed is an integer"],
    [["--timeout", "0"], "A timeout is a number of seconds"],
    [["--bogus"], "unknown option '--bogus'"],
  ])("%j is wrong usage: exit code 2", async (args, line) => {
    const { code, stdout, stderr } = await convspec(["run", "cpu", ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(line);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("a backend is one file anywhere, in TypeScript or JavaScript, that may import convspec/spec", async () => {
    const cwd = scratch();
    const body =
      'export default { name: "mine", operators: { correlate: () => { throw new UnsupportedError("not yet"); } } }';
    writeFileSync(join(cwd, "mine.js"), `import { UnsupportedError } from "convspec/spec";\n${body};\n`);
    const imports = 'import { type Backend, UnsupportedError } from "convspec/spec";\nenum Kept { yes = 1 }\n';
    writeFileSync(join(cwd, "mine.ts"), `${imports}${body} satisfies Backend;\nconsole.log(Kept.yes);\n`);
    const { code, stdout } = await convspec(["run", "./mine.js", "./mine.ts", ...one, "--no-report"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("mine (./mine.ts)");
    expect(stdout.match(/1× {2}not yet/g)).toHaveLength(2);
  });

  test("an interrupt reports what was done so far", async () => {
    const cwd = scratch();
    const args = ["run", testBackend("never.ts"), ...one, "--timeout", "60"];
    const { code, stdout } = await convspec(args, { cwd, interruptAt: "loaded and talkative" });
    expect(code).toBe(130);
    const report = JSON.parse(readFileSync(join(cwd, "report/report.json"), "utf8")) as Report;
    expect(report.interrupted).toBe(true);
    expect(stdout).toContain("report: report/report.json");
  });
});
