import type { TopLevelSpec } from "vega-lite";
import { ink, scaleOf } from "../draw.ts";
import { direct, sizeOfLayer, transform } from "../growth.ts";
import type { Row } from "../results.ts";

const unique = (values: readonly string[]): string[] => [...new Set(values)];

interface Point extends Row {
  readonly series: string;
  readonly size: number;
  readonly multiplies: number;
  readonly mebibytes: number;
}

const cells = new Map([...direct, transform].flatMap((one) => one.cells).map((cell) => [cell.layer, cell]));

const pointsOf = (rows: readonly Row[], names: readonly string[]): readonly Point[] =>
  rows.flatMap((row) => {
    const { name, size } = sizeOfLayer(row.layer);
    const cell = cells.get(row.layer);
    if (row.medianMs === undefined || !cell || !names.includes(name)) return [];
    return [{ ...row, series: name, size, multiplies: cell.multiplies, mebibytes: cell.bytes / 2 ** 20 }];
  });

const colour = (points: readonly Point[]) => ({
  field: "backend",
  type: "nominal",
  title: null,
  scale: scaleOf(unique(points.map(({ backend }) => backend))),
});

const sizes = (name: string): readonly number[] => [...direct, transform].find((one) => one.name === name)?.sizes ?? [];

const log2 = (name: string, title: string) => ({
  ...{ field: "size", type: "quantitative", title, scale: { type: "log", base: 2, nice: false } },
  axis: {
    values: sizes(name),
    grid: false,
    labelExpr: name === "signal" ? "'2^' + round(log(datum.value) / LN2)" : "datum.value",
  },
});

const logarithmic = (field: string, title: string) => ({
  ...{ field, type: "quantitative", title },
  ...{ scale: { type: "log" }, axis: { tickCount: 5, format: "~r" } },
});

const titles: Readonly<Record<string, string>> = {
  image: "rows and columns of the image, 16 channels",
  channels: "channels, 14 × 14",
};

/** Time for each multiplication, as the image and as the channels grow. */
export function growthChart(rows: readonly Row[]): TopLevelSpec {
  const points = pointsOf(rows, ["image", "channels"]);
  const timed = points.map((point) => ({ ...point, each: ((point.medianMs ?? 0) * 1e9) / point.multiplies }));
  return {
    title: { text: "3 × 3, time per multiplication, 1 thread", anchor: "start" },
    hconcat: ["image", "channels"].map((name) => ({
      width: 300,
      height: 200,
      data: { values: timed.filter(({ series }) => series === name) },
      mark: { type: "line", point: true },
      encoding: {
        x: log2(name, titles[name]),
        y: logarithmic("each", "picoseconds"),
        color: colour(points),
      },
    })),
  } as TopLevelSpec;
}

/** The most memory that the process had, beside the tensors alone. */
export function memoryChart(rows: readonly Row[]): TopLevelSpec {
  const points = pointsOf(rows, ["image"]).filter(({ peakMiB }) => peakMiB !== undefined);
  return {
    title: { text: "most memory of the process; the tensors alone, dashed", anchor: "start" },
    ...{ width: 300, height: 200 },
    data: { values: points as object[] },
    layer: [
      {
        mark: { type: "line", point: true },
        encoding: {
          x: log2("image", titles.image),
          y: { field: "peakMiB", type: "quantitative", title: "MiB" },
          color: colour(points),
        },
      },
      {
        mark: { type: "line", color: ink, strokeDash: [4, 4] },
        encoding: { x: log2("image", titles.image), y: { field: "mebibytes", type: "quantitative" } },
      },
    ],
  } as TopLevelSpec;
}

/** The time of a signal under a kernel of half its length, beside N log N through the middle of it. */
export function transformChart(rows: readonly Row[]): TopLevelSpec {
  const points = pointsOf(rows, ["signal"]);
  const fft = points.filter(({ backend }) => backend === "fft").sort((a, b) => a.size - b.size);
  const middle = fft[Math.floor(fft.length / 2)];
  const work = (n: number): number => n * Math.log2(n);
  const line = fft.map(({ size }) => ({ size, ms: ((middle?.medianMs ?? 0) * work(size)) / work(middle.size) }));
  return {
    title: { text: "a signal of N under a kernel of N/2, 1 thread; N log N, dashed", anchor: "start" },
    ...{ width: 400, height: 240 },
    layer: [
      {
        data: { values: line },
        mark: { type: "line", color: ink, strokeDash: [4, 4] },
        encoding: { x: log2("signal", "N"), y: logarithmic("ms", "milliseconds") },
      },
      {
        data: { values: points as object[] },
        mark: { type: "line", point: true },
        encoding: {
          x: log2("signal", "N"),
          y: logarithmic("medianMs", "milliseconds"),
          color: colour(points),
        },
      },
    ],
  } as TopLevelSpec;
}
