import { decode, encode, indices, offsetOf } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import { type Change, type Fault, fault, roundTo } from "./fault.ts";
import { inexactBounds, wrongBounds } from "./grid-pool.ts";
import { type Routing, spread, toAll, toTheWinner, wrongWinners } from "./kernels/routing.ts";
import { type Bounds, grid, unpoolWith, type WindowAt } from "./kernels/windows.ts";

/** What each element of a window gets of the window's error. */
type Share = (at: WindowAt) => readonly number[];

type Adaptive = "adaptive-max-pool-gradient" | "adaptive-average-pool-gradient";

/** A change of the gradient of a pooling to a fixed grid. */
const gridded =
  (share: Share, bounds?: Bounds, meet?: (before: number, more: number) => number): Change<Adaptive> =>
  (run, inputs, a) => {
    run(inputs, a);
    const X = "grid" in a ? (inputs.V as Tensor).shape.slice(2) : a.input;
    return unpoolWith(inputs, grid(X, (inputs.G as Tensor).shape.slice(2), bounds), (at) => share(at), meet);
  };

const adaptive = (operator: Adaptive): Fault<Adaptive>[] => {
  const isMax = operator === "adaptive-max-pool-gradient";
  const share: Share = isMax ? toTheWinner : (at) => spread(at, at.inside.length);
  const overlaps = `${operator}/${isMax ? "exact" : "real"}/overlaps-1d`;
  return [
    ...wrongBounds.map(([name, title, models, bounds]) =>
      fault<Adaptive>(operator, name, {
        title,
        models,
        smallest: "5 cells, a grid of 3",
        caughtBy: overlaps,
        change: gridded(share, bounds),
      }),
    ),
    ...inexactBounds.map(([name, title, smallest, bounds]) =>
      fault<Adaptive>(operator, name, {
        title,
        smallest,
        caughtBy: `${operator}/law/several-extents`,
        change: gridded(share, bounds),
      }),
    ),
    fault<Adaptive>(operator, "last-window-overwrites", {
      title: "where windows overlap the last error replaces those before it",
      smallest: "3 cells, a grid of 2",
      caughtBy: isMax ? `${operator}/exact/more-than-input-1d` : overlaps,
      change: gridded(share, undefined, (before, more) => (more === 0 ? before : more)),
    }),
  ];
};

const adaptiveOwn: Fault<Adaptive>[] = [
  ...wrongWinners.map(({ name, share, caughtBy, ...rest }) =>
    fault<Adaptive>("adaptive-max-pool-gradient", name, {
      ...rest,
      caughtBy: `adaptive-max-pool-gradient/${caughtBy === "exact" ? "exact/divides-1d" : caughtBy}`,
      change: gridded(share),
    }),
  ),
  fault<Adaptive>("adaptive-average-pool-gradient", "divided-by-the-ratio", {
    title: "errors are divided by the ratio of input to grid, not by the elements of the window",
    smallest: "5 cells, a grid of 3",
    caughtBy: "adaptive-average-pool-gradient/real/overlaps-1d",
    change: gridded((at) =>
      spread(
        at,
        at.X.reduce((ratio, x, axis) => (ratio * x) / at.P[axis], 1),
      ),
    ),
  }),
  fault<Adaptive>("adaptive-average-pool-gradient", "no-division", {
    title: "this is the gradient of the sum",
    smallest: "2 cells, a grid of 1",
    caughtBy: "adaptive-average-pool-gradient/exact/divides-1d",
    change: gridded(toAll),
  }),
];

/** The gradient of pooling over channels, with a share and channels of one's own. */
const overChannels =
  (
    share: Routing,
    member = (o: number, m: number, g: number, _groups: number): number => o * g + m,
  ): Change<"channel-pool-gradient"> =>
  (run, inputs, a) => {
    run(inputs, a);
    const [V, G] = [inputs.V as Tensor, inputs.G as Tensor];
    const [values, errors] = [decode(V), decode(G)];
    const [N, C, ...X] = V.shape;
    const { size: g } = a;
    const dV = Array<number>(V.data.length).fill(0);
    for (const [n, o, ...p] of indices(N, C / g, ...X)) {
      const places = Array.from({ length: g }, (_, m) => offsetOf(V.shape, [n, member(o, m, g, C / g), ...p]));
      const at = { inside: places.map((place) => values[place]), error: errors[offsetOf(G.shape, [n, o, ...p])] };
      for (const [m, value] of share(at).entries()) dV[places[m]] += value;
    }
    return { dV: encode(V.dtype, V.shape, dV.map(roundTo(V.dtype))) };
  };

const channels: Fault<"channel-pool-gradient">[] = [
  ...wrongWinners.map(({ name, share, caughtBy, ...rest }) =>
    fault("channel-pool-gradient", name, {
      ...rest,
      caughtBy: `channel-pool-gradient/${caughtBy === "exact" ? "exact/groups-1d" : caughtBy}`,
      change: overChannels(share),
    }),
  ),
  fault("channel-pool-gradient", "groups-in-turn", {
    title: "channels are dealt out to the groups in turn, not in blocks",
    smallest: "C4, size 2",
    caughtBy: "channel-pool-gradient/exact/groups-1d",
    change: overChannels(toTheWinner, (o, m, _, groups) => m * groups + o),
  }),
  fault("channel-pool-gradient", "to-all", {
    title: "every channel of a group gets the error",
    smallest: "C2, size 2",
    caughtBy: "channel-pool-gradient/exact/groups-1d",
    change: overChannels(toAll),
  }),
];

/** Faults of the gradients of pooling to a fixed grid and over channels. */
export const gridPoolGradientFaults: readonly Fault[] = [
  ...adaptive("adaptive-max-pool-gradient"),
  ...adaptive("adaptive-average-pool-gradient"),
  ...adaptiveOwn,
  ...channels,
] as unknown as Fault[];
