import { existsSync } from "node:fs";
import type { Command } from "commander";
import { charts, writeChart } from "../charts.ts";

/** `bench charts`: draws what is in tools/bench/results. */
export function chartsCommand(program: Command): void {
  program
    .command("charts")
    .description("draws the results in tools/bench/results as SVG, into tools/bench/charts")
    .action(async () => {
      for (const chart of charts) {
        const there = existsSync(new URL(`../results/${chart.results}`, import.meta.url));
        if (there) await writeChart(chart);
        console.log(there ? `${chart.file} is drawn` : `${chart.file} is not: there is no results/${chart.results}`);
      }
    });
}
