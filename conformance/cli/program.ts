import { Command } from "commander";
import { packageVersion } from "../package.ts";
import { defaultBackends, ourBackends } from "../runner/target.ts";
import type { FaultsOptions } from "./faults.ts";
import type { ListOptions } from "./list.ts";
import { index, repeatable, seconds, seed, withFilters } from "./options.ts";
import type { RunCommandOptions } from "./run.ts";
import type { ShowOptions } from "./show.ts";
import type { TraceOptions } from "./trace.ts";

/** The command line, of which a command is loaded when it is called. It sets the exit code of the process, and throws for what the user got wrong. */
export function program(): Command {
  const convspec = new Command("convspec")
    .description("Holds implementations of the operations of convolutional networks against their specification.")
    .version(packageVersion)
    .exitOverride();

  withFilters(convspec.command("run"))
    .description("run the suite on backends")
    .argument(
      "[module...]",
      `a file, a package, or one of ${ourBackends().join(", ")} (default: ${defaultBackends.join(", ")})`,
    )
    .addOption(
      repeatable("--command <command>", "a backend that is a process, in any language: see conformance/protocol.md"),
    )
    .addOption(repeatable("--observe <module>", "a backend to show whose failures do not decide the exit code"))
    .addOption(repeatable("--require <name>", "a backend that must have run; where it has not, the run fails"))
    .option("--seed <integer>", "of every random draw", seed, 1)
    .option("--timeout <seconds>", "for each check", seconds, 20)
    .option("--report <directory>", "where report.json and report.html go", "report")
    .option("--no-report", "write no report")
    .option("--promote <directory>", "write the calls that broke laws as fixtures into a directory")
    .option("--json", "print report.json, and nothing else, on stdout")
    .addHelpText("after", exitCodes)
    .action(async (modules: string[], options: RunCommandOptions) => {
      const { run } = await import("./run.ts");
      process.exitCode = await run(modules, options);
    });

  withFilters(convspec.command("list"))
    .description("list checks, or clauses")
    .option("--clauses", "list the clauses of the spec")
    .option("--json", "as JSON")
    .action(async (options: ListOptions) => {
      const { list } = await import("./list.ts");
      await list(options);
    });

  convspec
    .command("show")
    .description("show a clause, or a check: its inputs, what is expected, and the window of one element")
    .argument("<id>", "of a clause (CORR-4) or of a check")
    .option("--seed <integer>", "of the check's random draws", seed, 1)
    .option("--at <index>", "the output element whose window is shown, as 0,1,2,0", index)
    .action(async (id: string, options: ShowOptions) => {
      const { show } = await import("./show.ts");
      await show(id, options);
    });

  withFilters(convspec.command("faults"))
    .description("hold the suite against the zoo of planted faults, or against a faulty backend of one's own")
    .argument("[module...]", "a backend with a fault in it, to see whether the suite catches it")
    .option("--seed <integer>", "of every random draw", seed, 1)
    .option("--all", "run every check on every fault, not only until one fails")
    .option("--json", "as JSON")
    .action(async (modules: string[], options: FaultsOptions) => {
      const { runFaults } = await import("./faults.ts");
      process.exitCode = await runFaults(modules, options);
    });

  convspec
    .command("trace")
    .description("show what holds each clause of the spec: formula, constraints, cases, laws, claims; and every gap")
    .option("--report <file>", "a report.json: also show which checks ran")
    .option("--json", "as JSON")
    .addHelpText("after", "\nExit codes:\n  0  there is no gap\n  1  there is one\n  2  wrong usage")
    .action(async (options: TraceOptions) => {
      const { trace } = await import("./trace.ts");
      process.exitCode = await trace(options);
    });

  return convspec;
}

const exitCodes = `
Exit codes:
  0  every check passed, or is unsupported
  1  a check failed or gave no result, a required backend did not run, or the suite lacks checks of its manifest
  2  wrong usage, or a backend that cannot be loaded (and is neither observed nor required)
  130  interrupted; what was done until then is reported`;
