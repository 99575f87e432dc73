import type { TopLevelSpec } from "vega-lite";
import { crossings } from "../crossover.ts";
import type { Row } from "../results.ts";

const figure = (ratio: number): string => (ratio >= 10 ? ratio.toFixed(0) : ratio.toPrecision(2));

/** Where the Fourier backend is faster than the direct one, and how much: kernel by image, for each number of channels. */
export function crossoverChart(rows: readonly Row[]): TopLevelSpec {
  const values = crossings(rows).map((crossing) => ({ ...crossing, text: figure(crossing.ratio) }));
  const base = {
    x: { field: "r", type: "ordinal", title: "kernel, rows and columns", axis: { labelAngle: 0 } },
    y: { field: "n", type: "ordinal", title: "image", sort: "descending" },
  };
  return {
    title: { text: "fft against cpu, 1 thread: how many times faster (green) or slower", anchor: "start" },
    data: { values },
    facet: {
      row: {
        ...{ field: "c", type: "ordinal", title: null },
        header: {
          labelExpr: "datum.value + (datum.value == 1 ? ' channel' : ' channels')",
          labelAngle: 0,
          labelAlign: "left",
        },
      },
    },
    spec: {
      width: { step: 44 },
      height: { step: 24 },
      layer: [
        {
          mark: "rect",
          encoding: {
            ...base,
            color: {
              field: "ratio",
              type: "quantitative",
              legend: null,
              scale: { type: "log", domain: [0.1, 1, 10], range: ["#d1495b", "#b9b2a6", "#3fa66a"], clamp: true },
            },
          },
        },
        {
          mark: { type: "text", color: "#14181d" },
          encoding: { ...base, text: { field: "text", type: "nominal" } },
        },
      ],
    },
  } as TopLevelSpec;
}
