import fc from "fast-check";
import { encode, indexAt, offsetOf } from "../../reference/index.ts";
import type { AttributesOf, PoolAttributes, Shape, Tensor } from "../../spec/index.ts";
import { distinctTensor } from "../arbitraries/distinct.ts";
import { poolCall } from "../arbitraries/pool.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";
import { concatenate, gather } from "./rearrange.ts";

/** A window at unit stride over a row, without padding. */
const row = (window: number): PoolAttributes => ({
  window: [window],
  stride: [1],
  dilation: [1],
  padding: "valid",
  rounding: "floor",
});

/** A row with its last cell dropped and another one put in front: what it is after moving by one. */
const moved = (V: Tensor, entering: number): Tensor => ({
  ...V,
  data: Float32Array.of(entering, ...Array.from(V.data).slice(0, -1)),
});

const shifts = [
  equalityLaw({
    id: "max-pool/law/shift-keeps-inner-maxima",
    title: "after a shift by one a maximum is what it was where the cells that its window keeps hold it",
    clauses: ["INV-1"],
    operator: "max-pool",
    samples: fc
      .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 5 }), fc.integer({ min: -7, max: 9 }))
      .chain(([n, window, entering]) =>
        drawnTensor("f32", [1, 1, n + window], "exact").map((V) => ({ V, window, entering })),
      ),
    sides: async (apply, { V, window, entering }) => {
      const after = moved(V, entering);
      const [still, then] = [
        await apply("max-pool", { V }, row(window)),
        await apply("max-pool", { V: after }, row(window)),
      ];
      // Of window p the cells p … p + R − 2 stay, as p + 1 … p + R − 1; p + R − 1 leaves, and the one before p comes in.
      const kept = (p: number): boolean => {
        const inner = Math.max(...Array.from(V.data).slice(p, p + window - 1));
        return inner >= V.data[p + window - 1] && inner >= after.data[p];
      };
      const masked = (Z: Tensor): Tensor => ({
        ...Z,
        data: (Z.data as Float32Array).map((value, p) => (kept(p) ? value : 0)),
      });
      return [masked(then), masked(still)];
    },
  }),
  equalityLaw({
    id: "max-pool/law/peak-outlasts-a-shift",
    title: "of the R windows that report a lone peak, R − t still report it after a shift by t ≤ R",
    clauses: ["INV-1"],
    operator: "max-pool",
    samples: fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(6))
      .map(([window, by]) => ({ window, by: Math.min(by, window) }))
      .chain(({ window, by }) => drawnTensor("f32", [1, 1, 4 * window + 7], "exact").map((V) => ({ V, window, by }))),
    sides: async (apply, { V, window, by }) => {
      const at = 2 * window;
      const peaked = (place: number): Tensor => ({
        ...V,
        data: (V.data as Float32Array).map((value, x) => (x === place ? 50 : value)),
      });
      const [still, then] = [
        await apply("max-pool", { V: peaked(at) }, row(window)),
        await apply("max-pool", { V: peaked(at + by) }, row(window)),
      ];
      const both = Array.from(still.data).filter((value, p) => value === 50 && then.data[p] === 50).length;
      const counted = (count: number): Tensor => encode("f64", [1], [count]);
      return [counted(both), counted(window - by)];
    },
  }),
];

type Tiled = "max-pool" | "average-pool" | "sum-pool" | "l2-pool";

/** Windows that tile their input, and the elements of each window in another order. */
const shuffledTiles = (operator: Tiled) =>
  (poolCall(operator) as fc.Arbitrary<Invocation<Tiled>>).chain((call) => {
    const window = call.attributes.window.map((r) => Math.min(r, 3));
    const V = call.inputs.V as Tensor;
    const X = window.map((r, axis) => r * (1 + (V.shape[axis + 2] % 3)));
    const attributes = {
      ...call.attributes,
      window,
      stride: window,
      dilation: window.map(() => 1),
      padding: "valid" as const,
      rounding: "floor" as const,
    };
    return fc.record({
      V: drawnTensor("f32", [Math.max(V.shape[0], 1), V.shape[1], ...X], "exact"),
      order: fc.array(fc.nat(1000), { minLength: 27, maxLength: 27 }),
      attributes: fc.constant(attributes as AttributesOf<Tiled>),
    });
  });

/** Every window's elements in the order that ranks them, one after the other. */
const shuffled = (V: Tensor, window: Shape, order: readonly number[]): Tensor => {
  const taps = window.reduce((size, r) => size * r, 1);
  const ranked = Array.from({ length: taps }, (_, tap) => tap).sort((a, b) => order[a] - order[b] || a - b);
  return gather(V, V.shape, ([n, c, ...x]) => {
    const start = x.map((at, axis) => at - (at % window[axis]));
    const tap = offsetOf(
      window,
      x.map((at, axis) => at - start[axis]),
    );
    return [n, c, ...indexAt(window, ranked[tap]).map((k, axis) => start[axis] + k)];
  });
};

const permutations = (["max-pool", "average-pool", "sum-pool", "l2-pool"] as const).map((operator) =>
  equalityLaw({
    id: `${operator}/law/order-within-a-window`,
    title: "where windows tile the input, the order within each of them makes no difference",
    clauses: ["INV-2"],
    operator,
    samples: shuffledTiles(operator),
    sides: async (apply, { V, order, attributes }) => [
      await apply(operator, { V: shuffled(V, attributes.window, order) }, attributes),
      await apply(operator, { V }, attributes),
    ],
  }),
);

/** The input moved round its axes: what leaves at one end comes in at the other. */
const cycled = (V: Tensor, by: readonly number[]): Tensor =>
  gather(V, V.shape, ([n, c, ...x]) => [n, c, ...x.map((at, axis) => (at + by[axis]) % V.shape[axis + 2])]);

const cycles = (["adaptive-max-pool", "adaptive-average-pool"] as const).map((operator) =>
  equalityLaw({
    id: `${operator}/law/global-under-cycles`,
    title: "moving the input round its axes does not change what is pooled globally",
    clauses: ["INV-3"],
    operator,
    samples: fc
      .array(fc.record({ x: fc.integer({ min: 1, max: 6 }), by: fc.nat(7) }), { minLength: 1, maxLength: 3 })
      .chain((axes) =>
        drawnTensor("f32", [2, 3, ...axes.map(({ x }) => x)], "exact").map((V) => ({
          V,
          by: axes.map((axis) => axis.by),
        })),
      ),
    sides: async (apply, { V, by }) => {
      const grid = by.map(() => 1);
      return [await apply(operator, { V: cycled(V, by) }, { grid }), await apply(operator, { V }, { grid })];
    },
  }),
);

/** The two spatial axes turned by 90°. [N, C, H, H] */
const turned = (tensor: Tensor): Tensor =>
  gather(tensor, tensor.shape, ([n, c, y, x]) => [n, c, x, tensor.shape[2] - 1 - y]);

/** A square input and a kernel for it that is no larger, with its channels. */
const square = (whole: boolean) =>
  fc
    .record({ H: fc.integer({ min: 1, max: 6 }), R: fc.integer({ min: 1, max: 4 }), C: fc.integer({ min: 1, max: 3 }) })
    .chain(({ H, R, C }) => {
      const side = whole ? H : Math.min(H, R);
      return fc.record({
        V: drawnTensor("f32", [2, C, H, H], "exact"),
        K: distinctTensor([1, C, side, side]),
      });
    });

const plain: AttributesOf<"correlate"> = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: "valid",
  rounding: "floor",
  groups: 1,
};

/** A kernel and its turns by 90°, 180° and 270°, as four kernels. */
const turns = (K: Tensor): Tensor => {
  const all = [K];
  for (let i = 1; i < 4; i++) all.push(turned(all[i - 1]));
  return concatenate(all, 0);
};

const learned = ([false, true] as const).map((whole) =>
  equalityLaw({
    id: `channel-pool/law/${whole ? "invariant-to-turns" : "turns-with-its-input"}`,
    title: whole
      ? "pooled over a kernel and its turns, which see all of the input, the answer does not change when the input is turned"
      : "pooled over a kernel and its turns, the map turns with the input and changes no value",
    clauses: ["INV-4"],
    operator: "channel-pool",
    samples: square(whole),
    sides: async (apply, { V, K }) => {
      const unit = async (input: Tensor): Promise<Tensor> => {
        const detectors = await apply("correlate", { V: input, K: turns(K) }, plain);
        return apply("channel-pool", { V: detectors }, { size: 4 });
      };
      const [before, after] = [await unit(V), await unit(turned(V))];
      return [after, whole ? before : turned(before)];
    },
  }),
);

const downsampling = equalityLaw({
  id: "max-pool/law/downsamples-by-the-stride",
  title: "under padding same a stride of s leaves one value for every s",
  clauses: ["INV-5"],
  operator: "max-pool",
  samples: (poolCall("max-pool", { roundings: ["floor"] }) as fc.Arbitrary<Invocation<"max-pool">>).map((call) => ({
    ...call,
    attributes: { ...call.attributes, padding: "same" as const },
  })),
  sides: async (apply, call) => {
    const { stride } = call.attributes;
    const [N, C, ...X] = (call.inputs.V as Tensor).shape;
    const Z = await apply("max-pool", call.inputs, call.attributes);
    const shape = [N, C, ...X.map((n, axis) => Math.ceil(n / stride[axis]))];
    return [Z, { ...Z, shape }];
  },
});

/** INV: what pooling makes no difference between. */
export const invarianceLaws: readonly Law[] = [
  ...shifts,
  ...permutations,
  ...cycles,
  ...learned,
  downsampling,
] as Law[];
