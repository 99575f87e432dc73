/** The benchmark: our backends and other engines on the same layers, in one run. See tools/bench/README.md. */
import { Command } from "commander";
import { UsageError } from "../../conformance/runner/select.ts";
import { chartsCommand } from "./commands/charts.ts";
import { layersCommand } from "./commands/layers.ts";
import { crossoverCommand, growthCommand } from "./commands/studies.ts";
import { webgpuCommand } from "./commands/webgpu.ts";

const program = new Command("bench")
  .description("times our backends and other engines on the same layers, in turns, once their results are right")
  .enablePositionalOptions();

for (const command of [layersCommand, growthCommand, crossoverCommand, webgpuCommand, chartsCommand]) command(program);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}
