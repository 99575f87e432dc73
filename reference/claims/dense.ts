import { type ClauseId, clauseById, formulasOf, type Shape, type Tensor } from "../../spec/index.ts";
import { exact } from "../arithmetics/exact.ts";
import { dense } from "../dense.ts";
import { evaluateOn } from "../formula/index.ts";
import { locallyConnected } from "../locally-connected.ts";
import { embed, has } from "../tensor.ts";
import { applied, integers, kernelLayer, rearranged, single, values } from "./calls.ts";
import { all, type Claim, equal, range } from "./claim.ts";

/** The printed formula of a clause, run on tensors of its letters. */
const printed = (
  clause: ClauseId,
  tensors: Readonly<Record<string, Tensor>>,
  shape: Shape,
  letters: Readonly<Record<string, number>> = {},
): number[] =>
  evaluateOn(formulasOf(clauseById(clause))[0].text, tensors, shape, letters).map(({ n, d }) => Number(n) / Number(d));

const [H, W] = [3, 4];
const pixels = integers("dense/X", [H, W]);

/** A dense layer from an image to an image, with a weight [i, j, k, l] for every pair of places. */
const fromImage = (weights: Tensor): number[] => {
  const flat = (name: string, tensor: Tensor, shape: Shape) => embed(exact, name, { ...tensor, shape });
  const x = flat("x", pixels, [1, H * W]);
  return values(dense(exact, { x, W: flat("W", weights, [H * W, H * W]) }).Z);
};

/** Weights by offset [i, j, a, b], for offsets from −(H − 1) to H − 1 and so on, as those of a locally connected layer. */
const byOffset = (weights: Tensor): Tensor =>
  rearranged(weights, [1, H, W, 1, 2 * H - 1, 2 * W - 1], ([, i, j, , a, b]) => {
    const place = [i, j, i + a - (H - 1), j + b - (W - 1)];
    return has(weights.shape, place) ? place : undefined;
  });

const everyOffset = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: [
    [H - 1, H - 1],
    [W - 1, W - 1],
  ],
  rounding: "floor",
} as const;

/** DENSE-2 to DENSE-6: from a dense layer to a convolutional one, in the letters of 004. */
export const denseClaims: readonly Claim[] = [
  {
    id: "dense/four-indices",
    clause: "DENSE-2",
    title: "the formula with four indices on 3 × 4 pixels is the dense layer on their twelve values in a row",
    holds: () => {
      const [weights, U] = [integers("dense/W", [H, W, H, W]), integers("dense/U", [H, W])];
      const without = fromImage(weights);
      const biases = values(embed(exact, "U", U));
      return equal(
        without.map((value, at) => value + biases[at]),
        printed("DENSE-2", { X: pixels, W: weights, U }, [H, W]),
      );
    },
  },
  {
    id: "dense/by-offset",
    clause: "DENSE-3",
    title: "with its weights named by offset it is the locally connected layer with a window of 5 × 7",
    holds: () => {
      const weights = integers("dense/V", [H, W, H, W]);
      const local = locallyConnected(
        exact,
        { V: embed(exact, "V", single(pixels)), W: embed(exact, "W", byOffset(weights)) },
        everyOffset,
      );
      return equal(fromImage(weights), values(local.Z));
    },
  },
  {
    id: "dense/one-weight-an-offset",
    clause: "DENSE-4",
    title: "with W[i,j,k,l] = V[k − i, l − j] it is the cross-correlation with V, padded to the same extents",
    holds: () => {
      const V = integers("dense/kernel", [2 * H - 1, 2 * W - 1]);
      const tied = rearranged(V, [H, W, H, W], ([i, j, k, l]) => [k - i + H - 1, l - j + W - 1]);
      return equal(applied("correlate", single(pixels), single(V), { padding: "same" }), fromImage(tied));
    },
  },
  {
    id: "dense/window",
    clause: "DENSE-5",
    title:
      "the formula with a window of Δ = 1 and of Δ = 2 is the cross-correlation with (2Δ + 1)² weights, padded to the same extents",
    holds: () =>
      all(
        [1, 2].map((D) => {
          const V = integers(`dense/window/${D}`, [2 * D + 1, 2 * D + 1]);
          const u = integers("dense/u", [1]);
          const [bias] = values(embed(exact, "u", u));
          const found = printed("DENSE-5", { X: pixels, V, u }, [H, W], { D });
          const layer = applied("correlate", single(pixels), single(V), { padding: "same" });
          return String(layer.map((value) => value + bias)) === String(found);
        }),
        "windows",
      ),
  },
  {
    id: "dense/channels-last",
    clause: "DENSE-6",
    title: "the formula with channels written last is the cross-correlation of CORR-3 with its axes in another order",
    holds: () => {
      const [C, O, D] = [2, 3, 1];
      const [X, V] = [integers("dense/last/X", [H, W, C]), integers("dense/last/V", [2 * D + 1, 2 * D + 1, C, O])];
      const first = rearranged(X, [1, C, H, W], ([, c, i, j]) => [i, j, c]);
      const K = rearranged(V, [O, C, 2 * D + 1, 2 * D + 1], ([d, c, a, b]) => [a, b, c, d]);
      const Z = kernelLayer(exact, "correlate", embed(exact, "V", first), K, { padding: "same" });
      const found = printed("DENSE-6", { X, V }, [H, W, O], { D });
      const last = range(0, H - 1).flatMap((i) =>
        range(0, W - 1).flatMap((j) => range(0, O - 1).map((d) => values(Z)[(d * H + i) * W + j])),
      );
      return equal(last, found);
    },
  },
];
