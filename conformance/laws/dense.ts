import fc from "fast-check";
import { sizeOf, type Tensor } from "../../spec/index.ts";
import { denseCall } from "../arbitraries/dense.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";
import { concatenate, flattened, gather, scaleAdd, select } from "./rearrange.ts";

type Call = Invocation<"dense">;
type Tensors = { readonly x: Tensor; readonly W: Tensor; readonly b?: Tensor };

const parts = (call: Call): Tensors => call.inputs as Tensors;

const samples = denseCall() as fc.Arbitrary<Call>;

const unit = (axes: number) => ({
  stride: Array<number>(axes).fill(1),
  dilation: Array<number>(axes).fill(1),
  rounding: "floor" as const,
});

/** An image [N, 1, H, W], weights from every place to every place [H, W, H, W], biases [H, W]. */
const images = fc
  .record({ N: fc.integer({ min: 1, max: 2 }), H: fc.integer({ min: 1, max: 3 }), W: fc.integer({ min: 1, max: 4 }) })
  .chain(({ N, H, W }) =>
    fc.record({
      X: drawnTensor("f32", [N, 1, H, W], "exact"),
      weights: drawnTensor("f32", [H, W, H, W], "exact"),
      U: drawnTensor("f32", [H, W], "exact"),
      /** One weight for each offset of the whole image, [2H − 1, 2W − 1]. */
      offsets: drawnTensor("f32", [2 * H - 1, 2 * W - 1], "exact"),
      delta: fc.nat(Math.max(H, W) - 1),
    }),
  );

/** DENSE-3: V[i,j,a,b] = W[i,j,i+a,j+b], offsets of both signs stored from the most negative on. */
const byOffset = (weights: Tensor): Tensor => {
  const [H, W] = weights.shape;
  return gather(weights, [1, H, W, 1, 2 * H - 1, 2 * W - 1], ([, i, j, , a, b]) => {
    const [k, l] = [i + a - (H - 1), j + b - (W - 1)];
    return k >= 0 && k < H && l >= 0 && l < W ? [i, j, k, l] : undefined;
  });
};

/** DENSE-4, the other way: W[i,j,k,l] = V[k−i,l−j], the same weight wherever the offset is the same. */
const fromOffsets = (offsets: Tensor, reach: number): Tensor => {
  const [H, W] = offsets.shape.map((extent) => (extent + 1) / 2);
  return gather(offsets, [H, W, H, W], ([i, j, k, l]) =>
    Math.abs(k - i) <= reach && Math.abs(l - j) <= reach ? [k - i + H - 1, l - j + W - 1] : undefined,
  );
};

const asMatrix = (weights: Tensor): Tensor => {
  const [H, W] = weights.shape;
  return { ...weights, shape: [H * W, H * W] };
};

const asList = (U: Tensor): Tensor => ({ ...U, shape: [sizeOf(U.shape)] });

/** One bias for all places. */
const constant = (u: Tensor, shape: readonly number[]): Tensor => gather(u, shape, () => [0]);

export const denseLaws: readonly Law[] = [
  equalityLaw({
    id: "dense/law/is-correlation-with-one-place",
    title: "it is a cross-correlation whose kernel covers the whole input: inputs as channels of a single place",
    clauses: ["DENSE-1", "LOCAL-3"],
    operator: "dense",
    samples,
    sides: async (apply, call) => {
      const { x, W, b } = parts(call);
      const [V, K] = [x, W].map((matrix) => ({ ...matrix, shape: [...matrix.shape, 1] }));
      const Z = await apply("correlate", { V, K, b }, { ...unit(1), padding: "valid", groups: 1 });
      return [await apply("dense", { x, W, b }, {}), flattened(Z)];
    },
  }),
  equalityLaw({
    id: "dense/law/linear-in-input",
    title: "the result for ax + y is a times that for x plus that for y",
    clauses: ["DENSE-1"],
    operator: "dense",
    samples: samples.chain((call) =>
      fc.tuple(fc.constant(call), drawnTensor("f32", parts(call).x.shape, "exact"), fc.integer({ min: -3, max: 4 })),
    ),
    sides: async (apply, [call, y, a]) => {
      const { x, W } = parts(call);
      const of = (input: Tensor) => apply("dense", { x: input, W }, {});
      return [await of(scaleAdd(a, x, y)), scaleAdd(a, await of(x), await of(y))];
    },
  }),
  equalityLaw({
    id: "dense/law/batch-is-samples",
    title: "a batch gives what its samples give one by one",
    clauses: ["DENSE-1"],
    operator: "dense",
    samples: samples.filter((call) => parts(call).x.shape[0] > 0),
    sides: async (apply, call) => {
      const { x, W, b } = parts(call);
      const each: Tensor[] = [];
      for (let n = 0; n < x.shape[0]; n++) each.push(await apply("dense", { x: select(x, 0, n), W, b }, {}));
      return [await apply("dense", { x, W, b }, {}), concatenate(each, 0)];
    },
  }),
  equalityLaw({
    id: "dense/law/indexed-by-offsets",
    title:
      "weights between places, indexed by offsets of both signs, are a locally connected layer over the whole image",
    clauses: ["DENSE-2", "DENSE-3", "LOCAL-3"],
    operator: "dense",
    samples: images,
    sides: async (apply, { X, weights, U }) => {
      const b = { ...U, shape: [1, ...U.shape] };
      const H = await apply("locally-connected", { V: X, W: byOffset(weights), b }, { ...unit(2), padding: "same" });
      return [await apply("dense", { x: flattened(X), W: asMatrix(weights), b: asList(U) }, {}), flattened(H)];
    },
  }),
  equalityLaw({
    id: "dense/law/translation-invariance",
    title: "weights that depend on the offset alone make the dense layer a cross-correlation",
    clauses: ["DENSE-4"],
    operator: "dense",
    samples: images,
    sides: async (apply, { X, U, offsets }) => {
      const K = { ...offsets, shape: [1, 1, ...offsets.shape] };
      const u = select(asList(U), 0, 0);
      const W = asMatrix(fromOffsets(offsets, Number.POSITIVE_INFINITY));
      const H = await apply("correlate", { V: X, K, b: u }, { ...unit(2), padding: "same", groups: 1 });
      return [await apply("dense", { x: flattened(X), W, b: constant(u, [W.shape[0]]) }, {}), flattened(H)];
    },
  }),
  equalityLaw({
    id: "dense/law/locality",
    title: "weights that are zero beyond Δ leave a kernel of 2Δ + 1 on each axis",
    clauses: ["DENSE-5"],
    operator: "dense",
    samples: images,
    sides: async (apply, { X, U, offsets, delta }) => {
      const [H, W] = offsets.shape.map((extent) => (extent + 1) / 2);
      const span = 2 * delta + 1;
      // Offsets that no two places of a small image have are no weights of the dense layer.
      const K = gather(offsets, [1, 1, span, span], ([, , a, b]) => {
        const at = [a - delta + H - 1, b - delta + W - 1];
        return at.every((place, axis) => place >= 0 && place < offsets.shape[axis]) ? at : undefined;
      });
      const u = select(asList(U), 0, 0);
      const matrix = asMatrix(fromOffsets(offsets, delta));
      const Z = await apply("correlate", { V: X, K, b: u }, { ...unit(2), padding: "same", groups: 1 });
      return [
        await apply("dense", { x: flattened(X), W: matrix, b: constant(u, [matrix.shape[0]]) }, {}),
        flattened(Z),
      ];
    },
  }),
];
