import type { Command } from "commander";
import { UsageError } from "../../../conformance/runner/select.ts";
import { type Cell, idOf } from "../cell.ts";
import type { Asked } from "../engine-process.ts";
import { machine } from "../machine.ts";
import { Contestant, measure } from "../measure.ts";
import type { Row } from "../results.ts";
import { inProcess, progressBar, saveRows } from "../run.ts";
import { ratioTable, timesTable } from "../table.ts";
import { type Choice, choiceOptions, chosen } from "./choice.ts";
import { type CommonOptions, common, effortOf } from "./options.ts";

const inPages = ["webgpu", "tfjs-webgpu", "onnxruntime-webgpu"] as const;

interface WebGpuOptions extends CommonOptions, Choice {}

const timed = async (
  cells: readonly Cell[],
  contestants: readonly Contestant[],
  options: WebGpuOptions,
  adapter: string,
): Promise<void> => {
  const bar = progressBar(cells.length);
  const all: Row[] = [];
  for (const cell of cells) {
    bar.update({ cell: idOf(cell) });
    all.push(...(await measure(cell, contestants, effortOf(options))));
    if (options.json)
      saveRows(
        options.json,
        all,
        { ...machine(), adapter, ...(options.note && { note: options.note }) },
        options.append === true,
      );
    bar.increment();
  }
  bar.stop();
  console.log(`adapter: ${adapter}`);
  console.log(timesTable(all));
  console.log(ratioTable(all));
};

async function inChromium(cells: readonly Cell[], options: WebGpuOptions): Promise<void> {
  // Loaded where it is asked for: a browser need not be there for all else.
  const { WebGpuBrowser } = await import("../webgpu/browser.ts");
  const browser = await WebGpuBrowser.open();
  try {
    const adapter = await browser.adapter();
    if (adapter === undefined) throw new UsageError("Chromium has no WebGPU adapter here");
    const start = (): Promise<Asked> => browser.engine();
    const contestants = inPages.map((name) => new Contestant(name, name === "webgpu" ? "ours" : "peer", 1, start));
    await timed(cells, contestants, options, `${adapter}, in Chromium`);
  } finally {
    await browser.close();
  }
}

async function inNode(cells: readonly Cell[], options: WebGpuOptions): Promise<void> {
  const contestant = inProcess("webgpu-node", 1);
  try {
    const loaded = await contestant.load();
    if (!("ok" in loaded)) throw new UsageError(`there is no WebGPU in Node here: ${loaded.reason}`);
    await timed(cells, [contestant], options, "Dawn, in Node");
  } finally {
    await contestant.close();
  }
}

/** `bench webgpu`: ours and two peers on the same adapter. */
export function webgpuCommand(program: Command): void {
  const command = program
    .command("webgpu")
    .description("our webgpu backend and two peers in headless Chromium, on the same adapter; or ours alone in Node")
    .option("--in-node", "ours alone, in Node");
  choiceOptions(common(command))
    .setOptionValue("rounds", 5)
    .setOptionValue("seconds", 1)
    .action(async (options: WebGpuOptions & { readonly inNode?: boolean }) => {
      const cells = chosen({ ...options, group: options.group ?? ["layers"] });
      await (options.inNode ? inNode(cells, options) : inChromium(cells, options));
    });
}
