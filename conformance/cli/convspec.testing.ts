import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../package.ts";

/** What one run of the command line gave. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = fileURLToPath(new URL("dist/conformance/cli/main.js", packageRoot));

/** A directory of its own for what a test writes. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), "convspec-"));

/** The path of one of the backends that are wrong on purpose. */
export const testBackend = (file: string): string =>
  fileURLToPath(new URL(`conformance/runner/test-backends/${file}`, packageRoot));

/**
 * Runs the built command line, as a user does, in a directory of its own.
 * @param interruptAt sends an interrupt once stderr holds this text
 */
export function convspec(args: readonly string[], { cwd = scratch(), interruptAt = "" } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd });
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
