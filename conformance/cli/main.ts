#!/usr/bin/env node
import { CommanderError } from "commander";
import { UsageError } from "../runner/select.ts";
import { allowClosedOutput, complain, note } from "./output.ts";
import { program } from "./program.ts";

const usage = 2;

allowClosedOutput();
try {
  await program().parseAsync();
} catch (error) {
  // commander has said what is wrong itself; it also throws to end after --help and --version.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : usage;
  else {
    process.exitCode = usage;
    if (error instanceof UsageError) complain(error.message);
    else note(`error: convspec itself failed\n${error instanceof Error ? error.stack : String(error)}`);
  }
}
