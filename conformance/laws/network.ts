import fc from "fast-check";
import { decode, encode, indexAt } from "../../reference/index.ts";
import { operatorNamed, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import { type Apply, equalityLaw, type Law } from "./law.ts";

const extent = fc.integer({ min: 1, max: 4 });
const volume = fc.record({
  N: fc.integer({ min: 1, max: 2 }),
  C: extent,
  X: fc.array(extent, { minLength: 1, maxLength: 3 }),
});

const exact = (...shape: number[]): fc.Arbitrary<Tensor> => drawnTensor("f32", shape, "exact");

const correlate = (
  apply: Apply,
  V: Tensor,
  K: Tensor,
  padding: "valid" | "same" = "valid",
  b?: Tensor,
): Promise<Tensor> => {
  const inputs = { V, K, ...(b && { b }) };
  return apply("correlate", inputs, operatorNamed("correlate").complete(inputs, { padding }) as never);
};

/** The tensor whose element at each index is that of another where it has one, with something added. */
const withAdded = (K: Tensor, added: (index: readonly number[]) => number): Tensor =>
  encode(
    K.dtype,
    K.shape,
    Array.from(decode(K), (value, at) => value + added(indexAt(K.shape, at))),
  );

/** Kernels one after the other along their first axis. */
const stacked = (...kernels: readonly Tensor[]): Tensor =>
  encode(
    "f32",
    [kernels.reduce((O, { shape }) => O + shape[0], 0), ...kernels[0].shape.slice(1)],
    kernels.flatMap((K) => Array.from(decode(K))),
  );

/** An input, and a window that fits it. */
const detected = volume.chain(({ N, C, X }) =>
  fc.record({ V: exact(N, C, ...X), window: fc.tuple(...X.map((n) => fc.integer({ min: 1, max: n }))) }),
);

const detectorAndPooling = equalityLaw({
  id: "relu/law/changes-places-with-max-pooling",
  title: "ReLU after max pooling gives what it gives before",
  clauses: ["NET-3"],
  operator: "relu",
  samples: detected,
  sides: async (apply, { V, window }) => {
    const attributes = operatorNamed("max-pool").complete({ V }, { window }) as never;
    return [
      await apply("relu", { V: await apply("max-pool", { V }, attributes) }, {}),
      await apply("max-pool", { V: await apply("relu", { V }, {}) }, attributes),
    ];
  },
});

/** An input, and kernels of odd extents that keep its shape. */
const shortcut = volume.chain(({ N, C, X }) =>
  fc.record({
    V: exact(N, C, ...X),
    K: fc.tuple(...X.map(() => fc.constantFrom(1, 3))).chain((R) => exact(C, C, ...R)),
  }),
);

const residual = equalityLaw({
  id: "add/law/residual",
  title:
    "a shortcut past one correlation is that correlation with 1 more at the centre of each kernel from a channel to itself",
  clauses: ["NET-4", "NET-1"],
  operator: "add",
  samples: shortcut,
  sides: async (apply, { V, K }) => {
    const central = ([o, c, ...k]: readonly number[]): boolean =>
      o === c && k.every((at, axis) => at === (K.shape[axis + 2] - 1) / 2);
    return [
      await apply("add", { a: V, b: await correlate(apply, V, K, "same") }, {}),
      await correlate(
        apply,
        V,
        withAdded(K, (index) => Number(central(index))),
        "same",
      ),
    ];
  },
});

/** An input, and two to four lists of kernels of one size. */
const branches = volume.chain(({ N, C, X }) =>
  fc
    .record({
      R: fc.tuple(...X.map((n) => fc.integer({ min: 1, max: n }))),
      O: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }),
    })
    .chain(({ R, O }) => fc.record({ V: exact(N, C, ...X), kernels: fc.tuple(...O.map((o) => exact(o, C, ...R))) })),
);

const inception = equalityLaw({
  id: "concatenate/law/side-by-side",
  title: "correlations of one size side by side are one correlation with all their kernels",
  clauses: ["NET-5", "NET-2"],
  operator: "concatenate",
  samples: branches,
  sides: async (apply, { V, kernels }) => {
    const parts: Record<string, Tensor> = {};
    for (const [at, K] of kernels.entries()) parts["abcd"[at]] = await correlate(apply, V, K);
    return [await apply("concatenate", parts, {}), await correlate(apply, V, stacked(...kernels))];
  },
});

/** A volume, and weights for each of its elements. */
const volumes = volume.chain(({ N, C, X }) =>
  extent.chain((O) => fc.record({ V: exact(N, C, ...X), K: exact(O, C, ...X), b: exact(O) })),
);

const flat = (tensor: Tensor, shape: Shape): Tensor => ({ ...tensor, shape });

const flattening = equalityLaw({
  id: "dense/law/flattened",
  title: "a dense layer on a flattened volume is a correlation whose kernels are as large as the volume",
  clauses: ["NET-6", "DENSE-1"],
  operator: "dense",
  samples: volumes,
  sides: async (apply, { V, K, b }) => {
    const [N, ...rest] = V.shape;
    const I = sizeOf(rest);
    const Z = await correlate(apply, V, K, "valid", b);
    return [
      await apply("dense", { x: flat(V, [N, I]), W: flat(K, [K.shape[0], I]), b }, {}),
      flat(Z, Z.shape.slice(0, 2)),
    ];
  },
});

/** NET: the identities by which layers are put together. */
export const networkLaws: readonly Law[] = [detectorAndPooling, residual, inception, flattening] as Law[];
