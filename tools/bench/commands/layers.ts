import type { Command } from "commander";
import { idOf } from "../cell.ts";
import { type Plan, run, save } from "../run.ts";
import { ratioTable, timesTable } from "../table.ts";
import { type Choice, choiceOptions, chosen } from "./choice.ts";
import { backendsOf, type CommonOptions, common, effortOf, nodeOf } from "./options.ts";

interface LayerOptions extends CommonOptions, Choice {
  readonly list?: boolean;
}

/** `bench`: the table of layers. */
export function layersCommand(program: Command): void {
  const command = program
    .command("layers", { isDefault: true })
    .description("layers of networks, forward and backward");
  choiceOptions(common(command))
    .option("--list", "say what there is to time, and time nothing")
    .action(async (options: LayerOptions) => {
      const cells = chosen(options);
      if (options.list) {
        for (const cell of cells) console.log(idOf(cell));
        return;
      }
      const plan: Plan = {
        ...{ cells, backends: backendsOf(options), threads: options.threads },
        ...{ effort: effortOf(options), node: nodeOf(options), named: options.backend !== undefined },
      };
      const rows = await run(plan, (done) => save(plan, done, options));
      for (const threads of options.threads) {
        const same = rows.filter((row) => row.threads === threads);
        console.log(timesTable(same));
        console.log(ratioTable(same));
      }
    });
}
