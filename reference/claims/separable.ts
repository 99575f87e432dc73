import { type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import type { Arithmetic } from "../arithmetic.ts";
import { exact, exactly } from "../arithmetics/exact.ts";
import { support } from "../arithmetics/support.ts";
import { counting } from "../arithmetics/tally.ts";
import { factors, outerProduct, unfoldingRanks } from "../separable.ts";
import { elements, embed, type TensorOf, tensor } from "../tensor.ts";
import { applied, integers, kernelLayer, numbers, single, stored, values } from "./calls.ts";
import { all, type Claim, equal, lettersOf, range } from "./claim.ts";

/** Kernels of the notes, without the axes of channels. */
const sobel = stored([3, 3], [-1, -2, -1, 0, 0, 0, 1, 2, 1]);
const lines = [stored([3, 3], [-1, 2, -1, -1, 2, -1, -1, 2, -1]), stored([3, 3], [-1, -1, -1, 2, 2, 2, -1, -1, -1])];

const factorsOf = (K: Tensor): number[][] | undefined =>
  factors(exact, embed(exact, "K", K))?.map((u) => values(tensor([u.length], ([at]) => u[at])));

const ranksOf = (K: Tensor): number[] => unfoldingRanks(exact, embed(exact, "K", K));

const drawnVectors = (name: string, shape: Shape): number[][] =>
  shape.map((extent, axis) => numbers(integers(`${name}/${axis}`, [extent])));

const productOf = (u: readonly (readonly number[])[]): Tensor =>
  stored(
    u.map(({ length }) => length),
    values(
      outerProduct(
        exact,
        u.map((vector) => vector.map(exactly)),
      ),
    ),
  );

const separability: readonly Claim[] = [
  {
    id: "separable/sobel-is-separable",
    clause: "FAST-2",
    title: "the factors of the Sobel kernel: a difference down and a smoothing across",
    holds: () =>
      equal(
        [
          [-1, 0, 1],
          [1, 2, 1],
        ],
        factorsOf(sobel) ?? "none",
      ),
  },
  {
    id: "separable/line-detectors-are-separable",
    clause: "FAST-2",
    title: "the factors of the two line detectors",
    holds: () =>
      equal(
        [
          [
            [-1, -1, -1],
            [1, -2, 1],
          ],
          [
            [-1, 2, -1],
            [1, 1, 1],
          ],
        ],
        lines.map((K) => factorsOf(K) ?? "none"),
      ),
  },
  {
    id: "separable/rank-one-is-separable",
    clause: "FAST-2",
    title:
      "factors are found exactly where no unfolding has a rank above 1: products of vectors, and the same with one element changed",
    holds: () => {
      const products = [[5], [3, 4], [2, 3, 4]].map((shape) =>
        productOf(drawnVectors(`separable/product/${shape}`, shape)),
      );
      const changed = products.slice(1).map((K) => stored(K.shape, numbers(K).with(-1, numbers(K)[0] * 100 + 1)));
      return all(
        [
          ...products.map((K) => ranksOf(K).every((r) => r === 1) && factorsOf(K) !== undefined),
          ...changed.map((K) => ranksOf(K).some((r) => r > 1) && factorsOf(K) === undefined),
        ],
        "kernels",
      );
    },
  },
  {
    id: "separable/not-every-kernel",
    clause: "FAST-2",
    title: "the kernel with 1 on its diagonal is no outer product: the ranks of its unfoldings",
    holds: () => equal([3, 3], ranksOf(stored([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]))),
  },
  {
    id: "separable/one-axis-after-another",
    clause: "FAST-2",
    title: "a cross-correlation along each axis in turn is the one with the outer product",
    holds: () =>
      all(
        [[5], [3, 4], [2, 3, 4]].map((shape) => {
          const u = drawnVectors(`separable/composed/${shape}`, shape);
          const V = integers(
            `separable/composed/input/${shape}`,
            shape.map((extent) => extent + 3),
          );
          return String(values(composed(exact, V, u))) === String(direct(V, productOf(u)));
        }),
        "numbers of axes",
      ),
  },
];

const direct = (V: Tensor, K: Tensor): number[] => applied("correlate", single(V), single(K));

/** Cross-correlation with one vector after the other, each along its own axis. */
function composed<T>(x: Arithmetic<T>, V: Tensor, u: readonly (readonly number[])[]) {
  return u.reduce<TensorOf<T>>(
    (layer, vector, axis) => {
      const shape = [1, 1, ...V.shape.map((_, at) => (at === axis ? vector.length : 1))];
      return kernelLayer(x, "correlate", layer, stored(shape, vector));
    },
    embed(x, "V", single(V)),
  );
}

/** Multiplications of a cross-correlation of N^d cells with a kernel of w^d, in one step and by its factors. */
function costs(w: number, d: number, N: number): readonly [direct: number, composed: number] {
  const V = stored(Array<number>(d).fill(N), Array<number>(N ** d).fill(1));
  const K = stored(Array<number>(d).fill(w), Array<number>(w ** d).fill(1));
  const [one, many] = [counting(), counting()];
  elements(kernelLayer(one.x, "correlate", embed(one.x, "V", single(V)), single(K)));
  elements(composed(many.x, V, factorsOf(K) ?? []));
  return [one.tally.multiplications, many.tally.multiplications];
}

/** The stored weights that an output of a kernel of w^d depends on, in one step and by its factors. */
function storage(w: number, d: number): readonly [direct: number, composed: number] {
  const weights = (shape: Shape): number => {
    const V = stored(shape, Array<number>(sizeOf(shape)).fill(1));
    const Z = kernelLayer(support, "correlate", embed(support, "V", single(V)), single(V));
    return elements(Z)[0].get("K")?.size ?? 0;
  };
  const along = range(0, d - 1).map((axis) => range(0, d - 1).map((at) => (at === axis ? w : 1)));
  return [weights(Array<number>(d).fill(w)), along.map(weights).reduce((sum, stands) => sum + stands)];
}

/** Width and number of axes. */
const sizes = [
  [3, 1],
  [3, 2],
  [5, 2],
  [3, 3],
] as const;

const separableCosts: readonly Claim[] = [
  {
    id: "separable/storage",
    clause: "FAST-3",
    title: "weights of kernels of 3, 3 × 3, 5 × 5 and 3 × 3 × 3: in one piece and as factors",
    holds: () =>
      equal(
        sizes.map(([w, d]) => {
          const { A, B } = lettersOf("FAST-3", { w1: w, w2: w, w3: w }, d);
          return [A, B];
        }),
        sizes.map(([w, d]) => [...storage(w, d)]),
      ),
  },
  {
    id: "separable/computing",
    clause: "FAST-3",
    title:
      "multiplications for 6 outputs an axis: M^d·w^d in one step, Σ_i w·M^i·N^(d−i) by the factors, M = N − w + 1",
    holds: () =>
      equal(
        sizes.map(([w, d]) => {
          const [M, N] = [6, 5 + w];
          return [M ** d * w ** d, range(1, d).reduce((sum, i) => sum + w * M ** i * N ** (d - i), 0)];
        }),
        sizes.map(([w, d]) => [...costs(w, d, 5 + w)]),
      ),
  },
  {
    id: "separable/computing-per-output",
    clause: "FAST-3",
    title: "for an output of a large image (N = 66, w = 3, d = 2) they come near to w·d = 6 instead of w^d = 9",
    holds: () => {
      const [one, many] = costs(3, 2, 66).map((total) => Math.round((10 * total) / 64 ** 2) / 10);
      return equal([9, 6.1], [one, many]);
    },
  },
];

/** FAST-2 and FAST-3: kernels that are outer products, and what their factors save. */
export const separableClaims: readonly Claim[] = [...separability, ...separableCosts];
