import type { Shape } from "../../spec/index.ts";
import type { CaseSpec, TypedCase } from "./case.ts";

const exact = (name: string, title: string, shape: Shape, rate: number): CaseSpec<"update"> => ({
  operator: "update",
  name,
  title,
  clauses: ["OPT-1"],
  data: "exact",
  shapes: { w: shape, g: shape },
  attributes: { rate },
});

export const updateCases: readonly CaseSpec[] = [
  exact("kernel", "the kernel of a layer, halfway down", [3, 2, 2, 4], 0.5),
  { ...exact("bias", "the bias of a layer, a quarter of the way", [5], 0.25), clauses: ["OPT-2"] },
  exact("scalar", "a single number, twice the way", [], 2),
  exact("uphill", "a negative rate climbs", [2, 3], -1),
  ...(["f16", "f32", "f64"] as const).map(
    (dtype): CaseSpec<"update"> => ({
      ...exact(`kernel-${dtype}`, `real data of ${dtype}, a rate that no format holds`, [4, 3, 3, 2], 0.1),
      data: "real",
      dtype,
    }),
  ),
];

export const updateTyped: readonly TypedCase[] = [
  {
    operator: "update",
    name: "infinities",
    title: "infinities and NaN stay in their own elements",
    clauses: ["OPT-1"],
    dtypes: ["f16", "f32", "f64"],
    inputs: {
      w: { shape: [6], values: [1, "Infinity", 2, "Infinity", "NaN", 3] },
      g: { shape: [6], values: ["Infinity", 1, "NaN", "Infinity", 1, 4] },
    },
    attributes: { rate: 0.5 },
  },
];
