import { describe, expect, test } from "vitest";
import { convspec, testBackend } from "./convspec.testing.ts";

const stackTrace = /\n\s+at /;

/** Two checks of correlate, two of max-pool, and cpu beside the backend: nothing of it may be lost. */
const checks = [
  "correlate/exact/stride-1d",
  "correlate/exact/stride-2d",
  "max-pool/exact/ragged-1d",
  "max-pool/exact/ragged-2d",
];
const few = [...checks.flatMap((id) => ["--check", `${id}@f32`]), "--no-report"];

const run = (file: string, ...more: string[]) => convspec(["run", testBackend(file), "cpu", ...few, ...more]);

describe.concurrent("a backend that is wrong is one line each, and nothing of the others is lost", {
  timeout: 60_000,
}, () => {
  const unloadable: [what: string, file: string, line: string][] = [
    ["an unknown operator", "unknown-operator.ts", "unknown operator max-pol; the spec has: correlate, convolve"],
    ["a missing file", "missing.ts", "there is no file"],
    ["a syntax error", "syntax-error.js", "SyntaxError: Unexpected token ','"],
    ["an error on import", "throws-on-import.ts", "no adapter was found"],
    ["no default export", "no-default.ts", "it has no default export"],
    ["no operators", "no-operators.ts", "the backend has no operators"],
  ];
  test.each(unloadable)("a module with %s cannot be loaded: exit code 2", async (_, file, line) => {
    const { code, stdout, stderr } = await run(file);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^error: cannot load .*${file}: .*$`, "m"));
    expect(stderr).toContain(line);
    expect(stderr).not.toMatch(stackTrace);
    expect(stdout).toContain("4 pass");
  });

  test("what a backend runs on may be missing: it is said, and fails a run only where the backend is required", async () => {
    const { code, stdout, stderr } = await run("unavailable.ts");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^.*unavailable\.ts is unavailable, and not held: there is no GPU$/m);
    expect(stdout).toContain("4 pass");
    const required = await run("unavailable.ts", "--require", testBackend("unavailable.ts"));
    expect(required.code).toBe(1);
    expect(required.stderr).toMatch(/^error: required backend .*unavailable\.ts cannot be loaded: there is no GPU$/m);
  });

  test("a missing package is said to be none", async () => {
    const { code, stderr } = await convspec(["run", "no-such-package", ...few]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "cannot load no-such-package: it is neither a file, nor a backend of convspec, nor an installed package",
    );
  });

  const wrong: [what: string, file: string, lines: string[]][] = [
    [
      "that throws",
      "throws.ts",
      ["2×  the backend threw: kernel.reshape is not a function", "2×  the backend threw: out of memory"],
    ],
    [
      "that gives a wrong shape or format",
      "wrong-form.ts",
      ["output Z must have shape [", "output Z must have number format f32, got f64"],
    ],
    ["that writes to its inputs", "mutates.ts", ["input V was written to; inputs are read-only"]],
    [
      "that exits or is killed",
      "exits.ts",
      [
        "the process exited with code 3 before this check was answered",
        "the process was ended by SIGSEGV before this check was answered",
      ],
    ],
    ["that never answers or spins for ever", "never.ts", ["4×  did not answer within 1 s"]],
  ];
  test.each(wrong)("a backend %s fails its checks: exit code 1", async (_, file, lines) => {
    const { code, stdout, stderr } = await run(file, "--timeout", "1");
    expect(code).toBe(1);
    for (const line of lines) expect(stdout).toContain(line);
    expect(stdout + stderr).not.toMatch(stackTrace);
    expect(stdout).toContain("4 pass");
  });

  test("an error that nobody catches is named", async () => {
    const check = ["--check", "average-pool/exact/padding-1d@f32", "--no-report"];
    const { stdout } = await convspec([
      "run",
      testBackend("exits.ts"),
      "--operator",
      "average-pool",
      "--dtype",
      "f32",
      "--kind",
      "case",
      ...check.slice(2),
    ]);
    expect(stdout).toContain(
      "3×  the process exited with code 1 before this check was answered, of an error that nobody caught: RangeError: lost in a callback",
    );
    expect(stdout).toContain("not run: average-pool has crashed three times");
  });

  test("an operator that has hung twice is given up", async () => {
    const { stdout } = await convspec([
      "run",
      testBackend("never.ts"),
      "--operator",
      "max-pool",
      "--dtype",
      "f32",
      "--timeout",
      "1",
      "--no-report",
    ]);
    expect(stdout).toMatch(/ 2× {2}did not answer within 1 s/);
    expect(stdout).toMatch(/\d+× {2}not run: max-pool has hung twice/);
  });
});
