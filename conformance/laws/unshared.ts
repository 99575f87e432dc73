import fc from "fast-check";
import {
  dilatedExtent,
  resolveWindow,
  sizeOf,
  type Tensor,
  tilesOf,
  unsharedWeights,
  type WindowAttributes,
} from "../../spec/index.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import { locallyConnectedCall, tiledCall } from "../arbitraries/unshared.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";
import { concatenate, flattened, gather, padded, scaleAdd, select, shifted, subsample } from "./rearrange.ts";

type Call = Invocation<"locally-connected"> | Invocation<"tiled">;

interface Local {
  readonly V: Tensor;
  readonly W: Tensor;
  readonly b?: Tensor;
  readonly attributes: WindowAttributes;
}

interface Tiled {
  readonly V: Tensor;
  readonly K: Tensor;
  readonly b?: Tensor;
  readonly attributes: WindowAttributes;
}

const local = (call: Call): Local => ({
  ...(call.inputs as unknown as Omit<Local, "attributes">),
  attributes: call.attributes,
});

const tiled = (call: Call): Tiled => ({
  ...(call.inputs as unknown as Omit<Tiled, "attributes">),
  attributes: call.attributes,
});

const locals = locallyConnectedCall() as fc.Arbitrary<Call>;

/** Calls whose matrix is small enough to be written out. */
const smallLocals = locals.filter((call) => {
  const { V, W } = local(call);
  const { O, P } = unsharedWeights(W.shape);
  return sizeOf(V.shape.slice(1)) * O * sizeOf(P) <= 4000;
});
const tiles = tiledCall() as fc.Arbitrary<Call>;
const fitting = { roundings: ["floor", "strict"] } as const;

const kernelOnly = { groups: 1 } as const;

/** The kernel of one position, at all positions: W [O, …P, C, …R] of a kernel K [O, C, …R]. */
const everywhere = (K: Tensor, P: readonly number[]): Tensor => {
  const [O, ...taps] = K.shape;
  return gather(K, [O, ...P, ...taps], ([o, ...index]) => [o, ...index.slice(P.length)]);
};

/** One bias for each channel, at all positions. */
const biasEverywhere = (b: Tensor | undefined, P: readonly number[]): Tensor | undefined =>
  b && gather(b, [...b.shape, ...P], ([o]) => [o]);

/** The kernels whose turn it is: W [O, …P, C, …R] of K [O, C, …R, …t]. */
const unrolled = (K: Tensor, P: readonly number[]): Tensor => {
  const { O, C, R, t } = tilesOf(K.shape);
  return gather(K, [O, ...P, C, ...R], ([o, ...index]) => [
    o,
    ...index.slice(P.length),
    ...index.slice(0, P.length).map((p, axis) => p % t[axis]),
  ]);
};

/** The kernel of one position, or of one tile, as a shared one: K [O, C, …R]. */
const oneOf = (W: Tensor, P: readonly number[]): Tensor => {
  const [O, ...rest] = W.shape;
  const taps = rest.slice(P.length);
  return gather(W, [O, ...taps], ([o, ...index]) => [o, ...P.map(() => 0), ...index]);
};

const oneTile = (K: Tensor): Tensor => {
  const { O, C, R, t } = tilesOf(K.shape);
  return gather(K, [O, C, ...R], (index) => [...index, ...t.map(() => 0)]);
};

const outputExtents = (X: readonly number[], R: readonly number[], attributes: WindowAttributes) => {
  const { begin, end, extents } = resolveWindow(X, R, attributes);
  return { begin, end, P: extents, padding: begin.map((cells, axis) => [cells, end[axis]] as const) };
};

/** The matrix of a locally connected layer: row (o, p), column (c, v), zero where p has no weight for v. */
function matrixOf({ V, W, attributes }: Local): Tensor {
  const { O, P, C, R } = unsharedWeights(W.shape);
  const X = V.shape.slice(2);
  const { begin } = outputExtents(X, R, attributes);
  const wide = gather(W, [O, ...P, C, ...X], ([o, ...index]) => {
    const [p, c, v] = [index.slice(0, P.length), index[P.length], index.slice(P.length + 1)];
    const k = v.map((at, i) => (at + begin[i] - p[i] * attributes.stride[i]) / attributes.dilation[i]);
    return k.every((tap, i) => Number.isInteger(tap) && tap >= 0 && tap < R[i]) ? [o, ...p, c, ...k] : undefined;
  });
  return { ...wide, shape: [O * sizeOf(P), C * sizeOf(X)] };
}

const locallyConnectedLaws: Law[] = [
  equalityLaw({
    id: "locally-connected/law/equal-kernels-are-correlation",
    title: "with the same kernel at every position it is cross-correlation",
    clauses: ["LOCAL-3", "LOCAL-2"],
    operator: "locally-connected",
    samples: locals,
    sides: async (apply, call) => {
      const { V, W, b, attributes } = local(call);
      const { P } = unsharedWeights(W.shape);
      const K = oneOf(W, P);
      const bias = b && gather(b, [b.shape[0]], ([o]) => [o, ...P.map(() => 0)]);
      return [
        await apply("locally-connected", { V, W: everywhere(K, P), b: biasEverywhere(bias, P) }, attributes),
        await apply("correlate", { V, K, b: bias }, { ...attributes, ...kernelOnly }),
      ];
    },
  }),
  equalityLaw({
    id: "locally-connected/law/is-dense",
    title: "it is the dense layer whose weights are zero outside the windows",
    clauses: ["LOCAL-3", "DENSE-1"],
    operator: "locally-connected",
    samples: smallLocals,
    sides: async (apply, call) => {
      const { V, W, b, attributes } = local(call);
      const Z = await apply("locally-connected", { V, W, b }, attributes);
      const flat = b && { ...b, shape: [sizeOf(b.shape)] };
      return [flattened(Z), await apply("dense", { x: flattened(V), W: matrixOf(local(call)), b: flat }, {})];
    },
  }),
  equalityLaw({
    id: "locally-connected/law/each-position-has-its-own",
    title: "the weights of one position reach that position alone",
    clauses: ["LOCAL-1"],
    operator: "locally-connected",
    samples: fc.tuple(locals, fc.nat()),
    sides: async (apply, [call, drawn]) => {
      const { V, W, attributes } = local(call);
      const { P } = unsharedWeights(W.shape);
      const kept = drawn % sizeOf(P);
      const isKept = (p: readonly number[]) => p.reduce((at, index, axis) => at * P[axis] + index, 0) === kept;
      const alone = gather(W, W.shape, (index) => (isKept(index.slice(1, 1 + P.length)) ? index : undefined));
      const Z = await apply("locally-connected", { V, W }, attributes);
      return [
        await apply("locally-connected", { V, W: alone }, attributes),
        gather(Z, Z.shape, (index) => (isKept(index.slice(2)) ? index : undefined)),
      ];
    },
  }),
  equalityLaw({
    id: "locally-connected/law/stride-subsamples",
    title: "a stride keeps every s-th position of the layer at unit stride that has its weights there",
    clauses: ["LOCAL-2"],
    operator: "locally-connected",
    samples: locallyConnectedCall(fitting) as fc.Arbitrary<Call>,
    sides: async (apply, call) => {
      const { V, W, b, attributes } = local(call);
      const { O, C, R, P } = unsharedWeights(W.shape);
      const { padding } = outputExtents(V.shape.slice(2), R, attributes);
      const unit = { ...attributes, padding, rounding: "floor" as const, stride: P.map(() => 1) };
      const all = outputExtents(V.shape.slice(2), R, unit).P;
      const spread = ([o, ...index]: readonly number[]) => {
        const p = index.slice(0, P.length).map((at, i) => at / attributes.stride[i]);
        return p.every((at, i) => Number.isInteger(at) && at < P[i]) ? [o, ...p, ...index.slice(P.length)] : undefined;
      };
      const dense = {
        V,
        W: gather(W, [O, ...all, C, ...R], spread),
        b: b && gather(b, [O, ...all], spread),
      };
      return [
        await apply("locally-connected", { V, W, b }, attributes),
        subsample(await apply("locally-connected", dense, unit), attributes.stride, P),
      ];
    },
  }),
  equalityLaw({
    id: "locally-connected/law/padding-is-zeros",
    title: "padding gives what zeros written around the input give",
    clauses: ["LOCAL-2", "CORR-5"],
    operator: "locally-connected",
    samples: locallyConnectedCall(fitting) as fc.Arbitrary<Call>,
    sides: async (apply, call) => {
      const { V, W, b, attributes } = local(call);
      const { begin, end } = outputExtents(V.shape.slice(2), unsharedWeights(W.shape).R, attributes);
      return [
        await apply("locally-connected", { V, W, b }, attributes),
        await apply("locally-connected", { V: padded(V, begin, end), W, b }, { ...attributes, padding: "valid" }),
      ];
    },
  }),
  equalityLaw({
    id: "locally-connected/law/linear-in-input",
    title: "the result for aV + U is a times that for V plus that for U",
    clauses: ["LOCAL-2"],
    operator: "locally-connected",
    samples: locals.chain((call) =>
      fc.tuple(fc.constant(call), drawnTensor("f32", local(call).V.shape, "exact"), fc.integer({ min: -3, max: 4 })),
    ),
    sides: async (apply, [call, U, a]) => {
      const { V, W, attributes } = local(call);
      const of = (input: Tensor) => apply("locally-connected", { V: input, W }, attributes);
      return [await of(scaleAdd(a, V, U)), scaleAdd(a, await of(V), await of(U))];
    },
  }),
];

/** A tiled call with room behind the data, so that it can move by whole turns. */
const withRoom = (call: Call): Call => {
  const { V, K, attributes } = tiled(call);
  const { R, t } = tilesOf(K.shape);
  const turn = attributes.stride.map((s, axis) => s * t[axis]);
  const spans = R.map((r, axis) => dilatedExtent(r, attributes.dilation[axis]));
  const room = turn.map((cells, axis) => cells + spans[axis]);
  return {
    ...call,
    inputs: { V: padded(V, room, room), K },
    attributes: { ...attributes, padding: "valid", rounding: "floor" },
  } as unknown as Call;
};

const tiledLaws: Law[] = [
  equalityLaw({
    id: "tiled/law/one-kernel-is-correlation",
    title: "with t = 1 it is cross-correlation",
    clauses: ["TILED-3"],
    operator: "tiled",
    samples: tiles,
    sides: async (apply, call) => {
      const { V, K, b, attributes } = tiled(call);
      const shared = oneTile(K);
      const { t } = tilesOf(K.shape);
      const single = { ...shared, shape: [...shared.shape, ...t.map(() => 1)] };
      return [
        await apply("tiled", { V, K: single, b }, attributes),
        await apply("correlate", { V, K: shared, b }, { ...attributes, ...kernelOnly }),
      ];
    },
  }),
  equalityLaw({
    id: "tiled/law/equal-kernels-are-correlation",
    title: "with kernels that are all the same it is cross-correlation",
    clauses: ["TILED-3"],
    operator: "tiled",
    samples: tiles,
    sides: async (apply, call) => {
      const { V, K, b, attributes } = tiled(call);
      const shared = oneTile(K);
      const equal = gather(shared, K.shape, (index) => index.slice(0, shared.shape.length));
      return [
        await apply("tiled", { V, K: equal, b }, attributes),
        await apply("correlate", { V, K: shared, b }, { ...attributes, ...kernelOnly }),
      ];
    },
  }),
  equalityLaw({
    id: "tiled/law/is-locally-connected",
    title: "it is the locally connected layer whose weights repeat every t positions, from the first kernel on",
    clauses: ["TILED-3", "TILED-2", "LOCAL-3"],
    operator: "tiled",
    samples: tiles,
    sides: async (apply, call) => {
      const { V, K, b, attributes } = tiled(call);
      const { P } = outputExtents(V.shape.slice(2), tilesOf(K.shape).R, attributes);
      return [
        await apply("tiled", { V, K, b }, attributes),
        await apply("locally-connected", { V, W: unrolled(K, P), b: biasEverywhere(b, P) }, attributes),
      ];
    },
  }),
  equalityLaw({
    id: "tiled/law/as-many-kernels-as-positions",
    title: "with t at least the number of positions no kernel is used twice: a locally connected layer",
    clauses: ["TILED-3", "LOCAL-3"],
    operator: "tiled",
    samples: fc.tuple(locals, fc.nat(2)),
    sides: async (apply, [call, more]) => {
      const { V, W, attributes } = local(call);
      const { O, P, C, R } = unsharedWeights(W.shape);
      const t = P.map((extent) => extent + more);
      const K = gather(W, [O, C, ...R, ...t], ([o, ...index]) => {
        const [taps, tile] = [index.slice(0, 1 + R.length), index.slice(1 + R.length)];
        return tile.every((at, axis) => at < P[axis]) ? [o, ...tile, ...taps] : undefined;
      });
      return [await apply("tiled", { V, K }, attributes), await apply("locally-connected", { V, W }, attributes)];
    },
  }),
  equalityLaw({
    id: "tiled/law/equivariance",
    title: "shifting the input by a whole turn, t strides, shifts the output by t positions",
    clauses: ["TILED-3"],
    operator: "tiled",
    samples: tiles.map(withRoom),
    sides: async (apply, call) => {
      const { V, K, attributes } = tiled(call);
      const { t } = tilesOf(K.shape);
      const by = t.map((turn, axis) => turn * attributes.stride[axis]);
      const still = await apply("tiled", { V, K }, attributes);
      const moved = await apply("tiled", { V: shifted(V, by), K }, attributes);
      return [moved, shifted(still, t)];
    },
  }),
  equalityLaw({
    id: "tiled/law/batch-is-samples",
    title: "a batch gives what its samples give one by one",
    clauses: ["TILED-1"],
    operator: "tiled",
    samples: tiles.filter((call) => tiled(call).V.shape[0] > 0),
    sides: async (apply, call) => {
      const { V, K, b, attributes } = tiled(call);
      const each: Tensor[] = [];
      for (let n = 0; n < V.shape[0]; n++) each.push(await apply("tiled", { V: select(V, 0, n), K, b }, attributes));
      return [await apply("tiled", { V, K, b }, attributes), concatenate(each, 0)];
    },
  }),
];

/** What locally connected and tiled layers are to each other, to cross-correlation and to dense layers. */
export const unsharedLaws: readonly Law[] = [...locallyConnectedLaws, ...tiledLaws];
