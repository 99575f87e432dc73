import { type AttributesOf, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import { type Exact, exact, exactly } from "../arithmetics/exact.ts";
import { type Structure, structural } from "../arithmetics/structural.ts";
import { circularConvolve } from "../circular-convolve.ts";
import { denseMatrix, rowsOf, timesVector } from "../dense-matrix.ts";
import { rank } from "../rank.ts";
import { elements, embed, has, indexAt, type TensorOf, tensor } from "../tensor.ts";
import { averageLayer, inCorner, integers, kernelLayer, numbers, single, stored, values } from "./calls.ts";
import { all, type Claim, equal, notAll, range } from "./claim.ts";

type Attributes = Partial<AttributesOf<"correlate">>;

/** The dense matrix of a kernel layer on inputs of a shape. */
const kernelMatrix = (
  operator: "correlate" | "convolve",
  shape: Shape,
  K: Tensor,
  attributes: Attributes = {},
): number[][] =>
  rowsOf(denseMatrix(exact, (V) => kernelLayer(exact, operator, V, K, attributes), shape)).map(toNumbers);

const toNumbers = (row: readonly Exact[]): number[] => values(tensor([row.length], ([at]) => row[at]));

/** How many entries of the matrix of a layer are there, are zero whatever the weights, and how many weights stand in it. */
export interface Entries {
  readonly entries: number;
  readonly zero: number;
  readonly weights: number;
}

/** What the matrix of a linear layer with a kernel K is made of. */
export function entriesOf(layer: (V: TensorOf<Structure>) => TensorOf<Structure>, shape: Shape): Entries {
  const made = elements(denseMatrix(structural, layer, shape));
  const weights = new Set(made.flatMap((entry) => [...(entry?.get("K") ?? [])]));
  return {
    entries: made.length,
    zero: made.filter((entry) => entry === undefined).length,
    weights: weights.size,
  };
}

const sameEntry = (M: readonly (readonly number[])[], entry: (row: number, column: number) => number): boolean =>
  M.every((row, z) => row.every((value, v) => value === entry(z, v)));

const mod = (a: number, n: number): number => ((a % n) + n) % n;

const toeplitz: readonly Claim[] = [
  {
    id: "matrix/toeplitz",
    clause: "MATRIX-1",
    title: "every diagonal of the matrix of a convolution in one dimension holds one weight, w[t − a], or zero",
    holds: () => {
      const K = integers("matrix/toeplitz", [1, 1, 3]);
      const w = numbers(K);
      const full = kernelMatrix("convolve", [1, 1, 5], K, { padding: "full" });
      const valid = kernelMatrix("correlate", [1, 1, 5], K);
      return all(
        [sameEntry(full, (t, a) => w[t - a] ?? 0), sameEntry(valid, (t, a) => w[a - t] ?? 0)],
        "matrices: of convolution, full, and of cross-correlation, valid",
      );
    },
  },
  {
    id: "matrix/stride-keeps-rows",
    clause: "MATRIX-1",
    title: "a stride keeps every s-th row; the rows that are left move by s columns, and the matrix is not Toeplitz",
    holds: () => {
      const K = integers("matrix/stride", [1, 1, 3]);
      const unit = kernelMatrix("correlate", [1, 1, 9], K);
      const strided = kernelMatrix("correlate", [1, 1, 9], K, { stride: [2] });
      const kept = unit.filter((_, row) => row % 2 === 0);
      return all(
        [sameEntry(strided, (z, v) => kept[z][v]), !sameEntry(strided, (z, v) => strided[0][v - z] ?? 0)],
        "statements",
      );
    },
  },
];

/** The matrix of circular convolution with K on the torus of K's extents. */
const circularMatrix = (K: Tensor): number[][] => {
  const kernel = embed(exact, "K", K);
  return rowsOf(denseMatrix(exact, (I) => circularConvolve(exact, I, kernel), K.shape)).map(toNumbers);
};

const circulant: readonly Claim[] = [
  {
    id: "matrix/doubly-block-circulant",
    clause: "MATRIX-2",
    title: "the matrix of circular convolution in the plane: blocks that wrap, of rows that wrap",
    holds: () => {
      const K = integers("matrix/circulant", [3, 4]);
      const w = numbers(K);
      const M = circularMatrix(K);
      return all(
        M.map((row, z) => {
          const [i, j] = indexAt(K.shape, z);
          return row.every((value, v) => {
            const [k, l] = indexAt(K.shape, v);
            return value === w[mod(i - k, 3) * 4 + mod(j - l, 4)];
          });
        }),
        "rows are K[(i − k) mod 3, (j − l) mod 4]",
      );
    },
  },
  {
    id: "matrix/linear-is-part-of-circular",
    clause: "MATRIX-2",
    title:
      "the matrix of linear convolution is part of the circulant one of extents X + R − 1: the columns of the input",
    holds: () => {
      const [X, R] = [
        [3, 4],
        [2, 3],
      ];
      const P = X.map((extent, axis) => extent + R[axis] - 1);
      const K = integers("matrix/linear", R);
      const linear = kernelMatrix("convolve", [1, 1, ...X], single(K), { padding: "full" });
      const circular = circularMatrix(inCorner(K, P));
      const columns = range(0, sizeOf(P) - 1).filter((v) => has(X, indexAt(P, v)));
      return all(
        linear.map((row, z) => row.every((value, v) => value === circular[z][columns[v]])),
        "rows",
      );
    },
  },
  {
    id: "matrix/linear-is-block-toeplitz",
    clause: "MATRIX-2",
    title: "it does not wrap: an entry depends on (i − k, j − l), and is zero where one of them is negative",
    holds: () => all(isBlockToeplitz(), "rows"),
  },
];

/** Layers of every kind, each with the shape of its input. */
const layers: readonly (readonly [Shape, (V: TensorOf<Exact>) => TensorOf<Exact>])[] = [
  [[1, 2, 7], (V) => kernelLayer(exact, "correlate", V, integers("dense/1", [3, 2, 4]), { stride: [2] })],
  [
    [1, 2, 5, 4],
    (V) => kernelLayer(exact, "convolve", V, integers("dense/2", [2, 1, 3, 2]), { padding: "same", groups: 2 }),
  ],
  [
    [2, 1, 6, 5],
    (V) => kernelLayer(exact, "correlate", V, integers("dense/3", [1, 1, 2, 3]), { dilation: [3, 1], padding: "full" }),
  ],
  [[1, 1, 3, 2, 4], (V) => kernelLayer(exact, "correlate", V, integers("dense/4", [2, 1, 2, 1, 3]))],
  [[1, 2, 6], (V) => averageLayer(exact, V, { window: [3], stride: [2], rounding: "ceil" })],
];

const dense: readonly Claim[] = [
  {
    id: "matrix/columns-are-images",
    clause: "MATRIX-3",
    title: "the matrix whose columns are the images of the unit inputs, times any input, is the layer's output",
    holds: () =>
      all(
        layers.map(([shape, layer], at) => {
          const V = embed(exact, "V", integers(`dense/input/${at}`, shape));
          const product = timesVector(exact, denseMatrix(exact, layer, shape), elements(V));
          return String(toNumbers(product)) === String(values(layer(V)));
        }),
        "layers",
      ),
  },
  {
    id: "matrix/width-two",
    clause: "MATRIX-4",
    title:
      "width 2 over five units: of 4 × 5 entries 12 are zero, and the other 8 hold two weights a, b again and again",
    holds: () => {
      const K = stored([1, 1, 2], [1, 1]);
      const { entries, zero, weights } = entriesOf((V) => kernelLayer(structural, "correlate", V, K), [1, 1, 5]);
      return equal([20, 12, 2], [entries, zero, weights]);
    },
  },
  {
    id: "matrix/prior",
    clause: "MATRIX-4",
    title: "5 × 4 under 3 × 2, valid: 180 entries, 126 of them zero, 6 weights",
    holds: () => {
      const K = stored([1, 1, 3, 2], Array<number>(6).fill(1));
      const { entries, zero, weights } = entriesOf((V) => kernelLayer(structural, "correlate", V, K), [1, 1, 5, 4]);
      return equal([180, 126, 6], [entries, zero, weights]);
    },
  },
  {
    id: "matrix/pooling-has-no-weights",
    clause: "MATRIX-4",
    title: "average pooling is a layer of the same kind with no weight left to learn",
    holds: () => {
      const { zero, weights } = entriesOf((V) => averageLayer(structural, V, { window: [2], stride: [2] }), [1, 1, 6]);
      return equal([12, 0], [zero, weights]);
    },
  },
];

/** Every order of n things. */
const permutations = (n: number): number[][] =>
  n === 0 ? [[]] : permutations(n - 1).flatMap((order) => range(0, n - 1).map((at) => order.toSpliced(at, 0, n - 1)));

const permuted: readonly Claim[] = [
  {
    id: "matrix/dense-learns-any-order",
    clause: "MATRIX-5",
    title:
      "a dense layer has for every order of five pixels weights that give the same output: its columns in that order",
    holds: () => {
      const W = embed(exact, "W", integers("permuted/dense", [3, 5]));
      const v = elements(embed(exact, "V", integers("permuted/input", [5])));
      const kept = String(toNumbers(timesVector(exact, W, v)));
      return all(
        permutations(5).map((order) => {
          const reordered = tensor([3, 5], ([z, at]) => W.at(z, order[at]));
          const pixels = order.map((at) => v[at]);
          return String(toNumbers(timesVector(exact, reordered, pixels))) === kept;
        }),
        "orders",
      );
    },
  },
  {
    id: "matrix/convolution-needs-the-order",
    clause: "MATRIX-5",
    title: "of these 120 orders a layer of width 3 has a kernel for one alone, the order the pixels are in",
    holds: () => {
      const matrix = (...w: number[]) =>
        kernelMatrix("correlate", [1, 1, 5], stored([1, 1, 3], w), { padding: "same" });
      const basis = [matrix(1, 0, 0), matrix(0, 1, 0), matrix(0, 0, 1)].map((M) => M.flat().map(exactly));
      const M = matrix(1, 2, 4);
      const learnable = permutations(5).filter((order) => {
        const reordered = M.flatMap((row) => order.map((at) => exactly(row[at])));
        return rank(exact, [...basis, reordered]) === basis.length;
      });
      return equal([[0, 1, 2, 3, 4]], learnable);
    },
  },
];

/** MATRIX-2: which rows of the circulant matrix on the input's own extents are those of linear convolution. */
export const rowsThatDoNotWrap = (): boolean[] => {
  const K = integers("matrix/wrap", [3, 4]);
  const circular = circularMatrix(K);
  const same = kernelMatrix("convolve", [1, 1, 3, 4], single(K), { padding: "full" });
  return circular.map((row, z) => {
    const [i, j] = indexAt([3, 4], z);
    return String(row) === String(same[i * 7 + j]);
  });
};

/** MATRIX-2: which rows of the matrix of linear convolution depend on differences of places alone, without wrapping. */
export function isBlockToeplitz(): boolean[] {
  const K = integers("matrix/block-toeplitz", [1, 1, 2, 3]);
  const w = numbers(K);
  const at = (p: number, q: number) => (has([2, 3], [p, q]) ? w[p * 3 + q] : 0);
  return kernelMatrix("convolve", [1, 1, 3, 4], K, { padding: "full" }).map((row, z) => {
    const [i, j] = indexAt([4, 6], z);
    return row.every((value, v) => {
      const [k, l] = indexAt([3, 4], v);
      return value === at(i - k, j - l);
    });
  });
}

/** MATRIX: convolution as a matrix, and what is tied and zero in it. */
export const matrixClaims: readonly Claim[] = [
  ...toeplitz,
  ...circulant,
  {
    id: "matrix/circular-is-not-linear",
    clause: "MATRIX-2",
    title:
      "on the input's own extents the circulant matrix is not that of linear convolution: rows near the border differ",
    holds: () => notAll(rowsThatDoNotWrap(), "rows are equal"),
  },
  ...dense,
  ...permuted,
];
