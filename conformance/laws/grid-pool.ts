import fc from "fast-check";
import type { AttributesOf, ClauseId, OperatorName, PoolAttributes, Shape, Tensor } from "../../spec/index.ts";
import { distinctTensor } from "../arbitraries/distinct.ts";
import { channelPoolCall, gridPoolCall } from "../arbitraries/grid-pool.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";

/** Windows that tile an input: as far apart as they are long. */
const tiles = (window: Shape): PoolAttributes => ({
  window,
  stride: window,
  dilation: window.map(() => 1),
  padding: "valid",
  rounding: "floor",
});

/** A grid and windows that tile the input to it, and the tensors of a call; lengths are powers of two where averages must be exact. */
const tiling = (lengths: readonly number[]) =>
  fc.integer({ min: 1, max: 3 }).chain((axes) => {
    const axis = fc.record({
      length: fc.constantFrom(...lengths),
      count: fc.integer({ min: 1, max: axes === 1 ? 5 : 3 }),
    });
    return fc.array(axis, { minLength: axes, maxLength: axes }).chain((drawn) => {
      const X = drawn.map(({ length, count }) => length * count);
      const grid = drawn.map(({ count }) => count);
      return fc.record({
        V: distinctTensor([2, 2, ...X]),
        G: drawnTensor("f32", [2, 2, ...grid], "exact"),
        grid: fc.constant(grid),
        window: fc.constant(drawn.map(({ length }) => length)),
      });
    });
  });

type Tiling = { readonly V: Tensor; readonly G: Tensor; readonly grid: Shape; readonly window: Shape };

/** A grid that divides the input is what windows that tile it give. */
const divides = <A extends OperatorName, W extends OperatorName>(
  operator: A,
  clause: ClauseId,
  lengths: readonly number[],
  windowed: W,
  own: (sample: Tiling) => readonly [Invocation["inputs"], AttributesOf<A>],
  other: (sample: Tiling) => readonly [Invocation["inputs"], AttributesOf<W>],
): Law<Tiling> =>
  equalityLaw({
    id: `${operator}/law/divides`,
    title: `a grid that divides the input is ${windowed} with windows that tile it`,
    clauses: [clause, "POOL-7"],
    operator,
    samples: tiling(lengths),
    sides: async (apply, sample) => [await apply(operator, ...own(sample)), await apply(windowed, ...other(sample))],
  });

const adaptive = [
  divides(
    "adaptive-max-pool",
    "POOL-8",
    [1, 2, 3],
    "max-pool",
    ({ V, grid }) => [{ V }, { grid }],
    ({ V, window }) => [{ V }, tiles(window)],
  ),
  divides(
    "adaptive-average-pool",
    "POOL-9",
    [1, 2, 4],
    "average-pool",
    ({ V, grid }) => [{ V }, { grid }],
    ({ V, window }) => [{ V }, { ...tiles(window), divisor: "valid" }],
  ),
  divides(
    "adaptive-max-pool-gradient",
    "GRAD-25",
    [1, 2, 3],
    "max-pool-gradient",
    ({ V, G, grid }) => [{ V, G }, { grid }],
    ({ V, G, window }) => [{ V, G }, tiles(window)],
  ),
  divides(
    "adaptive-average-pool-gradient",
    "GRAD-26",
    [1, 2, 4],
    "average-pool-gradient",
    ({ V, G }) => [{ G }, { input: V.shape.slice(2) }],
    ({ V, G, window }) => [{ G }, { ...tiles(window), divisor: "valid", input: V.shape.slice(2) }],
  ),
];

const identities = (["adaptive-max-pool", "adaptive-average-pool"] as const).map((operator) =>
  equalityLaw({
    id: `${operator}/law/own-extents-is-identity`,
    title: "a grid of the input's own extents gives the input back",
    clauses: ["POOL-7"],
    operator,
    samples: gridPoolCall(operator),
    sides: async (apply, { inputs }) => {
      const V = inputs.V as Tensor;
      return [await apply(operator, inputs, { grid: V.shape.slice(2) }), V];
    },
  }),
);

/** Channels as one more spatial axis, in front: there they can be pooled over by a window. */
const channelsAsAxis = (tensor: Tensor): Tensor => {
  const [N, C, ...X] = tensor.shape;
  return { ...tensor, shape: [N, 1, C, ...X] };
};

const overChannels = (size: number, axes: number): PoolAttributes => tiles([size, ...Array<number>(axes).fill(1)]);

const isFlat = ({ inputs }: Invocation): boolean => (inputs.V as Tensor).shape.length < 5;

const channels = [
  equalityLaw({
    id: "channel-pool/law/is-max-pool",
    title: "pooling over channels is max pooling along an axis that the channels lie on",
    clauses: ["POOL-10", "POOL-2"],
    operator: "channel-pool",
    samples: channelPoolCall("channel-pool").filter(isFlat),
    sides: async (apply, { inputs, attributes: { size } }) => {
      const V = inputs.V as Tensor;
      const Z = await apply("channel-pool", { V }, { size });
      const along = await apply("max-pool", { V: channelsAsAxis(V) }, overChannels(size, V.shape.length - 2));
      return [channelsAsAxis(Z), along];
    },
  }),
  equalityLaw({
    id: "channel-pool/law/one-channel-is-identity",
    title: "groups of one channel give the input back",
    clauses: ["POOL-10"],
    operator: "channel-pool",
    samples: channelPoolCall("channel-pool"),
    sides: async (apply, { inputs }) => [await apply("channel-pool", inputs, { size: 1 }), inputs.V as Tensor],
  }),
  equalityLaw({
    id: "channel-pool-gradient/law/is-max-pool-gradient",
    title: "the gradient of pooling over channels is that of max pooling along an axis that the channels lie on",
    clauses: ["GRAD-27", "GRAD-20"],
    operator: "channel-pool-gradient",
    samples: channelPoolCall("channel-pool-gradient")
      .filter(isFlat)
      .chain((call) => {
        const { V, G } = call.inputs as { V: Tensor; G: Tensor };
        return distinctTensor(V.shape).map((drawn) => ({ V: drawn, G, size: call.attributes.size }));
      }),
    sides: async (apply, { V, G, size }) => {
      const dV = await apply("channel-pool-gradient", { V, G }, { size });
      const along = await apply(
        "max-pool-gradient",
        { V: channelsAsAxis(V), G: channelsAsAxis(G) },
        overChannels(size, V.shape.length - 2),
      );
      return [channelsAsAxis(dV), along];
    },
  }),
];

/** The laws of pooling to a fixed grid and over channels, and of their gradients. */
export const gridPoolLaws: readonly Law[] = [...adaptive, ...identities, ...channels] as Law[];
