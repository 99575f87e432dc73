import type { Command } from "commander";
import colors from "picocolors";
import type { Cell } from "../cell.ts";
import { crossings, crossoverCells } from "../crossover.ts";
import { direct, excess, transform } from "../growth.ts";
import type { Row } from "../results.ts";
import { type Plan, run, save } from "../run.ts";
import { timesTable } from "../table.ts";
import { type CommonOptions, common, effortOf, nodeOf } from "./options.ts";

const study = async (
  options: CommonOptions,
  cells: readonly Cell[],
  backends: readonly string[],
): Promise<readonly Row[]> => {
  const plan: Plan = {
    ...{ cells, backends: options.backend ?? backends, threads: options.threads },
    ...{ effort: effortOf(options), node: nodeOf(options), named: true },
  };
  return run(plan, (rows) => save(plan, rows, options));
};

const oneThread = (command: Command): Command => command.setOptionValue("threads", [1]).setOptionValue("seconds", 1);

/** `bench growth`: how the time grows with the work. */
export function growthCommand(program: Command): void {
  const command = program
    .command("growth")
    .description("time per multiplication as images and channels grow; a transform's time as a signal grows");
  oneThread(common(command)).action(async (options: CommonOptions) => {
    const grown = await study(
      options,
      direct.flatMap(({ cells }) => cells),
      ["cpu", "cpu-direct"],
    );
    const transformed = await study({ ...options, append: true }, transform.cells, ["fft", "scipy-fftconvolve"]);
    console.log(timesTable([...grown, ...transformed]));
    for (const backend of new Set(transformed.map((row) => row.backend))) {
      const exponent = excess(transformed, backend);
      if (exponent !== undefined) console.log(`${backend}: time ~ N log N · N^${exponent.toFixed(3)}`);
    }
  });
}

/** `bench crossover`: from which kernel on a transform is the faster way. */
export function crossoverCommand(program: Command): void {
  const command = program
    .command("crossover")
    .description("the Fourier backend against the direct one: kernel, image and channels");
  oneThread(common(command)).action(async (options: CommonOptions) => {
    const rows = await study(options, crossoverCells, ["cpu", "fft"]);
    for (const { r, n, c, ratio } of crossings(rows)) {
      const text = `${r}×${r} on ${n}², ${c} channels: fft is ${ratio.toFixed(2)} times as fast as cpu`;
      console.log(ratio > 1 ? colors.green(text) : text);
    }
  });
}
