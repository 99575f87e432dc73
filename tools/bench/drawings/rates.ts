import type { TopLevelSpec } from "vega-lite";
import { ink, scaleOf } from "../draw.ts";
import { engines } from "../engines/index.ts";
import { layers } from "../layers.ts";
import type { Row } from "../results.ts";

const order = Object.keys(engines);
const unique = (values: readonly string[]): string[] => [...new Set(values)];
const inOrder = (rows: readonly Row[]): string[] =>
  unique(rows.map(({ backend }) => backend)).sort((a, b) => order.indexOf(a) - order.indexOf(b));

const layersOf = (...groups: readonly string[]): string[] =>
  layers.filter(({ group }) => groups.includes(group)).map(({ name }) => name);

const words = (threads: number): string => (threads === 1 ? "1 thread" : `${threads} threads`);

/** What other charts and the table are for. */
const elsewhere = ["cpu-copied", "fft"];

/** GFLOP/s of every engine on the layers of networks, a group of bars for each; a line where the Wasm peak is. */
export function ratesChart(rows: readonly Row[], threads: number, operation: string): TopLevelSpec {
  const names = layersOf("layers");
  const of = rows.filter(
    (row) => row.threads === threads && row.operation === operation && names.includes(row.layer) && row.gflops,
  );
  const timed = of.filter(({ role, backend }) => role !== "limit" && !elsewhere.includes(backend));
  const shown = names.filter((name) => timed.some(({ layer }) => layer === name));
  const y = {
    field: "layer",
    type: "nominal",
    title: null,
    sort: shown,
    axis: { ticks: false, domain: false },
  } as const;
  return {
    width: 560,
    height: { step: 9 * inOrder(timed).length + 12, for: "position" },
    title: {
      ...{ text: `${operation}, f32, ${words(threads)}`, anchor: "start" },
      subtitle: "the line is what multiplying and adding in WebAssembly can reach, without fused operations",
    },
    data: { values: [...timed, ...of.filter(({ backend }) => backend === "wasm-peak")] as object[] },
    layer: [
      {
        transform: [{ filter: "datum.role !== 'limit'" }],
        mark: { type: "bar", cornerRadiusEnd: 1 },
        encoding: {
          y,
          yOffset: { field: "backend", sort: inOrder(timed) },
          x: { field: "gflops", type: "quantitative", title: "GFLOP/s" },
          color: { field: "backend", type: "nominal", title: null, scale: scaleOf(inOrder(timed)) },
        },
      },
      {
        transform: [{ filter: "datum.role === 'limit'" }],
        mark: { type: "tick", color: ink, thickness: 2, bandSize: 60 },
        encoding: { y, x: { field: "gflops", type: "quantitative" }, tooltip: { value: "Wasm multiply and add" } },
      },
    ],
  } as TopLevelSpec;
}

/** Milliseconds on the layers of large kernels, forward and backward. */
export function timesChart(rows: readonly Row[], threads: number): TopLevelSpec {
  const names = layersOf("large");
  const timed = rows.filter(
    ({ threads: count, layer, role, medianMs, backend }) =>
      count === threads && names.includes(layer) && role !== "limit" && medianMs && backend !== "cpu-copied",
  );
  return {
    title: { text: `large kernels, f32, ${words(threads)}`, anchor: "start" },
    data: { values: timed as object[] },
    facet: {
      row: {
        ...{ field: "operation", type: "nominal", title: null },
        sort: ["forward", "input gradient", "kernel gradient"],
        header: { labelAngle: 0, labelAlign: "left", labelOrient: "top", labelAnchor: "start" },
      },
    },
    spec: {
      width: 560,
      height: { step: 9 * inOrder(timed).length + 12, for: "position" },
      mark: { type: "point", filled: true, size: 70, opacity: 1 },
      encoding: {
        y: { field: "layer", type: "nominal", title: null, sort: names, axis: { ticks: false, grid: true } },
        yOffset: { field: "backend", sort: inOrder(timed) },
        x: { field: "medianMs", type: "quantitative", title: "milliseconds", scale: { type: "log" } },
        color: { field: "backend", type: "nominal", title: null, scale: scaleOf(inOrder(timed)) },
      },
    },
  } as TopLevelSpec;
}

/** GFLOP/s on one graphics adapter, forward and backward. */
export function adapterChart(rows: readonly Row[], adapter: string): TopLevelSpec {
  const names = layersOf("layers");
  const timed = rows.filter(({ gflops }) => gflops);
  const backends = unique(timed.map(({ backend }) => backend));
  return {
    title: { text: `WebGPU, f32, ${adapter}`, anchor: "start" },
    data: { values: timed as object[] },
    facet: {
      row: {
        ...{ field: "operation", type: "nominal", title: null },
        sort: ["forward", "input gradient", "kernel gradient"],
        header: { labelAngle: 0, labelAlign: "left", labelOrient: "top", labelAnchor: "start" },
      },
    },
    spec: {
      width: 480,
      height: { step: 9 * backends.length + 10, for: "position" },
      mark: { type: "bar", cornerRadiusEnd: 1 },
      encoding: {
        y: { field: "layer", type: "nominal", title: null, sort: names, axis: { ticks: false, domain: false } },
        yOffset: { field: "backend", sort: backends },
        x: { field: "gflops", type: "quantitative", title: "GFLOP/s" },
        color: { field: "backend", type: "nominal", title: null, scale: scaleOf(backends) },
      },
    },
  } as TopLevelSpec;
}
