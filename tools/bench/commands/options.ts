import { type Command, InvalidArgumentError } from "commander";
import type { NodeOptions } from "../engine-process.ts";
import { engines, usual } from "../engines/index.ts";
import { type Effort, usualEffort } from "../measure.ts";

/** A number of at least one, or a list of them with commas. */
export const counts = (text: string): number[] =>
  text.split(",").map((part) => {
    const count = Number(part);
    if (Number.isInteger(count) && count >= 1) return count;
    throw new InvalidArgumentError(`expected a positive integer, got ${JSON.stringify(part)}`);
  });

const count = (text: string): number => counts(text)[0];

const backend = (name: string, earlier: readonly string[] = []): readonly string[] => {
  const names = name.split(",");
  for (const one of names)
    if (!Object.hasOwn(engines, one))
      throw new InvalidArgumentError(`there is no ${one}; there are ${Object.keys(engines).join(", ")}`);
  return [...earlier, ...names];
};

export interface CommonOptions {
  readonly backend?: readonly string[];
  readonly threads: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly json?: string;
  readonly append?: boolean;
  readonly note?: string;
  readonly node?: string;
  readonly nodeFlag?: readonly string[];
}

/** The options that every timing has. */
export const common = (command: Command): Command =>
  command
    .option("--backend <names>", "only these engines; more than once, or with commas", backend)
    .option("--threads <counts>", "numbers of threads, with commas", counts, [1, 2])
    .option("--rounds <count>", "turns of each engine", count, usualEffort.rounds)
    .option("--seconds <count>", "seconds of each engine in each cell, about", count, 2)
    .option("--json <file>", "write the results there")
    .option("--append", "add to the results that the file has")
    .option("--note <text>", "what else is to be known of the run, for the file")
    .option("--node <path>", "another Node for the engines")
    .option("--node-flag <flag>", "a flag for that Node; more than once", (flag, earlier: readonly string[] = []) => [
      ...earlier,
      flag,
    ]);

export const effortOf = ({ rounds, seconds }: CommonOptions): Effort => ({
  ...usualEffort,
  rounds,
  budgetMs: 750 * seconds,
});

export const nodeOf = ({ node, nodeFlag }: CommonOptions): NodeOptions => ({ node, flags: nodeFlag });

/** The engines that were named, or the usual ones. */
export const backendsOf = ({ backend: names }: CommonOptions): readonly string[] => names ?? usual;
