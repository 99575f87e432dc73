import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { packageRoot } from "../package.ts";

/** What one run of the command line gave. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = fileURLToPath(new URL("dist/conformance/cli/main.js", packageRoot));

const scratched: string[] = [];
afterAll(() => {
  for (const directory of scratched) rmSync(directory, { recursive: true, force: true });
});

/** A directory of its own for what a test writes, gone after the last test of the file. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), "convspec-"));
  scratched.push(directory);
  return directory;
}

/** Without colours, which continuous integration would otherwise get and the tests would have to read around. */
const env = { ...process.env, NO_COLOR: "1" };

/** The path of one of the backends that are wrong on purpose. */
export const testBackend = (file: string): string =>
  fileURLToPath(new URL(`conformance/runner/test-backends/${file}`, packageRoot));

/**
 * Runs the built command line, as a user does, in a directory of its own.
 * @param interruptAt sends an interrupt once stderr holds this text
 */
export function convspec(args: readonly string[], { cwd = scratch(), interruptAt = "" } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      const before = stderr;
      stderr += chunk;
      if (interruptAt && !before.includes(interruptAt) && stderr.includes(interruptAt)) child.kill("SIGINT");
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
