import { type Command, InvalidArgumentError, Option } from "commander";
import { kinds } from "../check.ts";
import type { Filters } from "../runner/select.ts";

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** An option that may be given several times. */
export const repeatable = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(collect);

/** A repeatable option that takes one of a few words. */
function choice(flags: string, description: string, words: readonly string[]): Option {
  return repeatable(flags, `${description}: ${words.join(", ")}`).argParser((value: string, before?: string[]) => {
    if (!words.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${words.join(", ")}.`);
    return collect(value, before);
  });
}

/** The options that select checks, which run and list share. */
export const withFilters = (command: Command): Command =>
  command
    .addOption(repeatable("--operator <name>", "only checks of this operator"))
    .addOption(repeatable("--clause <id>", "only checks of this clause (CORR-4) or family (CORR)"))
    .addOption(choice("--kind <kind>", "only checks of this kind", kinds))
    .addOption(choice("--dtype <format>", "only checks in this number format", ["f16", "f32", "f64"]))
    .addOption(repeatable("--check <id>", "only this check, or those whose id goes on after it with / or @"));

/** The filters of a command line; one that was not given is empty. */
export const filtersOf = (given: Partial<Filters>): Filters => ({
  operator: given.operator ?? [],
  clause: given.clause ?? [],
  kind: given.kind ?? [],
  dtype: given.dtype ?? [],
  check: given.check ?? [],
});

/** A seed: an unsigned 32-bit integer. */
export function seed(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number >= 2 ** 32) throw new InvalidArgumentError("A seed is an integer of [0, 2³²).");
  return number;
}

/** A duration in seconds. */
export function seconds(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 86400)) throw new InvalidArgumentError("A timeout is a number of seconds above 0.");
  return number;
}

/** The index of an element: 0,1,2,0. */
export function index(value: string): number[] {
  if (!/^\d+(,\d+)*$/.test(value)) throw new InvalidArgumentError("An index is integers apart by commas, as 0,1,2,0.");
  return value.split(",").map(Number);
}
