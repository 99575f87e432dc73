import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TopLevelSpec } from "vega-lite";
import { drawSvg } from "./draw.ts";
import { crossoverChart } from "./drawings/crossover.ts";
import { growthChart, memoryChart, transformChart } from "./drawings/growth.ts";
import { adapterChart, ratesChart, timesChart } from "./drawings/rates.ts";
import { type Results, readResults } from "./results.ts";

export const generator = "written by tools/bench/charts.ts";

/** A chart, by its file in tools/bench/charts, and the file in tools/bench/results that it shows. */
export interface Chart {
  readonly file: string;
  readonly results: string;
  readonly spec: (results: Results) => TopLevelSpec;
}

export const charts: readonly Chart[] = [
  ...[1, 2].flatMap((threads): Chart[] => [
    {
      file: `forward-${threads}.svg`,
      results: "layers.json",
      spec: ({ rows }) => ratesChart(rows, threads, "forward"),
    },
    {
      file: `input-gradient-${threads}.svg`,
      results: "layers.json",
      spec: ({ rows }) => ratesChart(rows, threads, "input gradient"),
    },
    {
      file: `kernel-gradient-${threads}.svg`,
      results: "layers.json",
      spec: ({ rows }) => ratesChart(rows, threads, "kernel gradient"),
    },
    { file: `large-${threads}.svg`, results: "layers.json", spec: ({ rows }) => timesChart(rows, threads) },
  ]),
  {
    file: "webgpu.svg",
    results: "webgpu.json",
    spec: ({ rows, machine }) => adapterChart(rows, machine.adapter ?? "one adapter"),
  },
  { file: "growth.svg", results: "growth.json", spec: ({ rows }) => growthChart(rows) },
  { file: "memory.svg", results: "growth.json", spec: ({ rows }) => memoryChart(rows) },
  { file: "transform.svg", results: "growth.json", spec: ({ rows }) => transformChart(rows) },
  { file: "crossover.svg", results: "crossover.json", spec: ({ rows }) => crossoverChart(rows) },
];

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A chart as SVG, from the results that are kept. */
export const rendered = async ({ results, spec }: Chart): Promise<string> =>
  drawSvg(spec(readResults(local(`results/${results}`))), generator);

/** Writes a chart where the README shows it. */
export const writeChart = async (chart: Chart): Promise<void> =>
  writeFileSync(local(`charts/${chart.file}`), await rendered(chart));
