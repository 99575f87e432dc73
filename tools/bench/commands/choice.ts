import type { Command } from "commander";
import { UsageError } from "../../../conformance/runner/select.ts";
import type { Cell } from "../cell.ts";
import { type Group, groups, layers } from "../layers.ts";

/** The cells that were asked for. */
export interface Choice {
  readonly layer?: string;
  readonly operation?: string;
  readonly group?: readonly Group[];
}

/** The options that choose cells. */
export const choiceOptions = (command: Command): Command =>
  command
    .option("--layer <text>", "only layers whose name is or contains this")
    .option("--operation <text>", "only operations whose name is or contains this: forward, input gradient, max-pool …")
    .option("--group <names>", `only these groups: ${groups.join(", ")}`, (text) => text.split(",") as Group[]);

/** The names that a text stands for: the one that it is, or those that contain it. */
const named = (text: string, names: readonly string[]): ((name: string) => boolean) =>
  names.includes(text) ? (name) => name === text : (name) => name.includes(text);

/**
 * The cells whose layer and operation are what was asked for.
 * @throws {UsageError} where there is none
 */
export function chosen({ layer = "", operation = "", group }: Choice): readonly Cell[] {
  const cells = layers.filter((one) => !group || group.includes(one.group)).flatMap((one) => one.cells);
  const ofLayer = named(
    layer,
    layers.map(({ name }) => name),
  );
  const ofOperation = named(
    operation,
    cells.map((cell) => cell.operation),
  );
  const found = cells.filter((cell) => ofLayer(cell.layer) && ofOperation(cell.operation));
  if (found.length === 0)
    throw new UsageError("no layer and operation of the groups asked for has such a name; --list shows them");
  return found;
}
