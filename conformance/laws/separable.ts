import fc from "fast-check";
import { decode, encode, indices } from "../../reference/index.ts";
import type { CorrelateAttributes, Tensor } from "../../spec/index.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import { equalityLaw, type Law } from "./law.ts";

/** An input [1, 1, …X] and one vector for each of its axes, none longer than the axis. */
const sample = fc.integer({ min: 1, max: 3 }).chain((axes) =>
  fc
    .array(fc.record({ r: fc.integer({ min: 1, max: 3 }), rest: fc.nat(4) }), { minLength: axes, maxLength: axes })
    .chain((drawn) =>
      fc.record({
        V: drawnTensor("f32", [1, 1, ...drawn.map(({ r, rest }) => r + rest)], "exact"),
        u: fc.tuple(...drawn.map(({ r }) => drawnTensor("f32", [r], "exact"))),
      }),
    ),
);

/** The outer product of vectors as a kernel [1, 1, …R]; of integers, exactly. */
function outerProduct(u: readonly Tensor[]): Tensor {
  const vectors = u.map(decode);
  const shape = u.map((vector) => vector.shape[0]);
  const products = Array.from(indices(...shape), (k) =>
    k.reduce((product, at, axis) => product * vectors[axis][at], 1),
  );
  return encode("f32", [1, 1, ...shape], products);
}

/** A vector as a kernel along one of so many axes. */
const along = (u: Tensor, axis: number, axes: number): Tensor => ({
  ...u,
  shape: [1, 1, ...Array.from({ length: axes }, (_, at) => (at === axis ? u.shape[0] : 1))],
});

const plain = (axes: number): CorrelateAttributes => ({
  stride: Array<number>(axes).fill(1),
  dilation: Array<number>(axes).fill(1),
  padding: "valid",
  rounding: "floor",
  groups: 1,
});

/** FAST-2: a kernel that is an outer product, in one step and axis by axis. */
export const separableLaws: readonly Law[] = (["correlate", "convolve"] as const).map((operator) =>
  equalityLaw({
    id: `${operator}/law/separable`,
    title: "a kernel that is an outer product gives what its vectors give one after the other, each along its axis",
    clauses: ["FAST-2"],
    operator,
    samples: sample,
    sides: async (apply, { V, u }) => {
      const attributes = plain(u.length);
      let Z = V;
      for (const [axis, vector] of u.entries())
        Z = await apply(operator, { V: Z, K: along(vector, axis, u.length) }, attributes);
      return [await apply(operator, { V, K: outerProduct(u) }, attributes), Z];
    },
  }),
) as Law[];
