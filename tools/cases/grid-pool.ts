import type { ClauseId, OperatorName, Shape } from "../../spec/index.ts";
import type { CaseSpec } from "./case.ts";

type Grid =
  | "adaptive-max-pool"
  | "adaptive-average-pool"
  | "adaptive-max-pool-gradient"
  | "adaptive-average-pool-gradient";

const own: Record<Grid, ClauseId> = {
  "adaptive-max-pool": "POOL-8",
  "adaptive-average-pool": "POOL-9",
  "adaptive-max-pool-gradient": "GRAD-25",
  "adaptive-average-pool-gradient": "GRAD-26",
};

interface GridVariant {
  readonly name: string;
  readonly title: string;
  /** Extents of the input and of the grid. */
  readonly X: Shape;
  readonly P: Shape;
  /** Whether every window holds a power of two elements, so that an average is exact. */
  readonly even?: boolean;
}

const variants: readonly GridVariant[] = [
  { name: "divides-1d", title: "the grid divides the input, 1-D", X: [12], P: [3], even: true },
  { name: "overlaps-1d", title: "the grid does not divide the input: windows overlap, 1-D", X: [11], P: [4] },
  { name: "more-than-input-1d", title: "the grid is larger than the input: windows repeat, 1-D", X: [5], P: [7] },
  { name: "divides-2d", title: "the grid divides the input, 2-D", X: [4, 10], P: [2, 5], even: true },
  { name: "overlaps-2d", title: "the grid does not divide the input: windows overlap, 2-D", X: [7, 9], P: [3, 4] },
  {
    name: "one-axis-2d",
    title: "one axis is pooled globally, the other is left as it is, 2-D",
    X: [8, 5],
    P: [1, 5],
    even: true,
  },
  { name: "divides-3d", title: "the grid divides the input, 3-D", X: [4, 6, 8], P: [2, 3, 4], even: true },
  {
    name: "overlaps-3d",
    title: "the grid does not divide the input: windows overlap, 3-D",
    X: [3, 5, 7],
    P: [2, 4, 3],
  },
];

const inputsOf = (operator: Grid, V: Shape, G: Shape): Readonly<Record<string, Shape>> => {
  if (operator === "adaptive-average-pool-gradient") return { G };
  return operator === "adaptive-max-pool-gradient" ? { V, G } : { V };
};

const part = (operator: Grid, leading: Shape, X: Shape, P: Shape) => ({
  operator,
  clauses: [own[operator], "POOL-7" as const],
  shapes: inputsOf(operator, [...leading, ...X], [...leading, ...P]),
  attributes: operator === "adaptive-average-pool-gradient" ? { input: X } : { grid: P },
});

const grids = (Object.keys(own) as readonly Grid[]).flatMap((operator) => [
  ...variants.map(({ name, title, X, P, even }) => ({
    name,
    title,
    ...(operator.startsWith("adaptive-average") && !even
      ? { data: "real" as const, dtype: "f32" as const }
      : { data: "exact" as const }),
    ...part(operator, X.length === 3 ? [1, 2] : [2, 3], X, P),
  })),
  ...(["f16", "f32", "f64"] as const).map((dtype) => ({
    name: `plane-${dtype}`,
    title: `real data of ${dtype}, 2-D`,
    data: "real" as const,
    dtype,
    ...part(operator, [2, 3], [7, 10], [3, 4]),
  })),
]);

const channelPart = (operator: "channel-pool" | "channel-pool-gradient", C: number, size: number, X: Shape) => ({
  operator,
  clauses: [operator === "channel-pool" ? ("POOL-10" as const) : ("GRAD-27" as const)],
  shapes: {
    V: [2, C, ...X],
    ...(operator === "channel-pool" ? {} : { G: [2, C / size, ...X] }),
  },
  attributes: { size },
});

const channels = (["channel-pool", "channel-pool-gradient"] as const).flatMap((operator) => [
  ...([[7], [4, 5], [3, 4, 5]] as const).map((X) => ({
    name: `groups-${X.length}d`,
    title: `three groups of four channels, ${X.length}-D`,
    data: "exact" as const,
    ...channelPart(operator, 12, 4, X),
  })),
  {
    name: "all-channels",
    title: "all channels are one group",
    data: "exact" as const,
    ...channelPart(operator, 5, 5, [4, 3]),
  },
  {
    name: "one-channel-each",
    title: "groups of one channel leave everything as it is",
    data: "exact" as const,
    ...channelPart(operator, 3, 1, [4, 5]),
  },
  ...(["f16", "f32", "f64"] as const).map((dtype) => ({
    name: `plane-${dtype}`,
    title: `real data of ${dtype}, 2-D`,
    data: "real" as const,
    dtype,
    ...channelPart(operator, 6, 3, [4, 5]),
  })),
]);

/** Pooling to a fixed grid and over channels, and their gradients. */
export const gridPoolCases: readonly CaseSpec<OperatorName>[] = [...grids, ...channels];
