import { type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import { structural } from "../arithmetics/structural.ts";
import { support } from "../arithmetics/support.ts";
import { counting, type Tally } from "../arithmetics/tally.ts";
import { timesVector } from "../dense-matrix.ts";
import { elements, embed } from "../tensor.ts";
import { averageLayer, integers, kernelLayer, single, stored } from "./calls.ts";
import { all, type Claim, equal, lettersOf, range } from "./claim.ts";
import { entriesOf } from "./matrix.ts";

type Attributes = Parameters<typeof kernelLayer>[4];
type KernelOperator = Parameters<typeof kernelLayer>[1];

const ones = (...shape: number[]): Tensor => stored(shape, Array<number>(sizeOf(shape)).fill(1));

/** The operations of a kernel layer. */
function tallyOf(operator: KernelOperator, V: Tensor, K: Tensor, attributes: Attributes = {}): Tally {
  const { x, tally } = counting();
  elements(kernelLayer(x, operator, embed(x, "V", V), K, attributes));
  return tally;
}

/** The multiplications of a dense layer of m inputs and n outputs, and the weights it has. */
function dense(m: number, n: number): readonly [multiplications: number, weights: number] {
  const { x, tally } = counting();
  timesVector(x, embed(x, "W", ones(n, m)), elements(embed(x, "V", ones(m))));
  const made = timesVector(support, embed(support, "W", ones(n, m)), elements(embed(support, "V", ones(m))));
  return [tally.multiplications, new Set(made.flatMap((entry) => [...(entry.get("W") ?? [])])).size];
}

/** What the matrix of a layer with a kernel of ones holds, from an input of one channel. */
const entries = (X: Shape, R: Shape, attributes: Attributes = {}) =>
  entriesOf((V) => kernelLayer(structural, "correlate", V, single(ones(...R)), attributes), [1, 1, ...X]);

const connections: readonly Claim[] = [
  {
    id: "cost/dense-sparse-shared",
    clause: "COST-1",
    title: "14 inputs, 12 outputs, 3 connections each: weights of the dense, the sparse and the shared layer",
    holds: () => {
      const { A, B, C } = lettersOf("COST-1", { m: 14, n: 12, k: 3 });
      const made = entries([14], [3]);
      return equal([A, B, C], [dense(14, 12)[1], made.entries - made.zero, made.weights]);
    },
  },
  {
    id: "cost/sharing-saves-no-time",
    clause: "COST-1",
    title: "and multiplications: m·n, and k·n whether the weights are shared or not",
    holds: () => {
      const { A, B } = lettersOf("COST-1", { m: 14, n: 12, k: 3 });
      return equal([A, B], [dense(14, 12)[0], tallyOf("correlate", single(ones(14)), single(ones(3))).multiplications]);
    },
  },
  {
    id: "cost/megapixel",
    clause: "COST-2",
    title: "one megapixel to a thousand units: 10⁶ · 10³ weights",
    holds: () => equal(1e9, lettersOf("COST-2", { H: 1000, W: 1000, n: 1000 }).A),
  },
  {
    id: "cost/small-photograph",
    clause: "COST-2",
    title: "5 × 7 pixels to 3 units, counted",
    holds: () => equal(lettersOf("COST-2", { H: 5, W: 7, n: 3 }).A, dense(5 * 7, 3)[1]),
  },
  {
    id: "cost/four-samples-a-weight",
    clause: "COST-2",
    title: "a thousand neurons to a thousand: a million weights, four million samples",
    holds: () => {
      const { A, S } = lettersOf("COST-2", { H: 1, W: 1000, n: 1000 });
      return equal([1e6, 4e6], [A, S]);
    },
  },
];

/** The window of all offsets that occur between places of an H × W image: H − 1 cells of padding above, and so on. */
const everyOffset = (H: number, W: number) =>
  entries([H, W], [2 * H - 1, 2 * W - 1], {
    padding: [
      [H - 1, H - 1],
      [W - 1, W - 1],
    ],
  });

/** The window of offsets up to Δ. */
const offsetsUpTo = (D: number, H: number, W: number) =>
  entries([H, W], [2 * D + 1, 2 * D + 1], {
    padding: [
      [D, D],
      [D, D],
    ],
  });

/** Parameters of a layer from one megapixel to one megapixel: a weight a pair, a weight an offset, offsets up to Δ. */
export const megapixelLayer = (D: number): readonly [pairs: number, offsets: number, local: number] => {
  const { A, B, C } = lettersOf("COST-3", { H: 1000, W: 1000, D });
  return [A, B, C];
};

/** The offsets a, b of (−side, side) that occur between two of `side` places, counted one by one and squared. */
export const offsetsCounted = (side: number): number => {
  const axis = new Set(
    range(0, side - 1)
      .flatMap((i) => [i, -i])
      .map((a) => a + 0),
  );
  return axis.size ** 2;
};

const fromPairsToWindow: readonly Claim[] = [
  {
    id: "cost/pairs-offsets-window",
    clause: "COST-3",
    title: "one megapixel to one megapixel, Δ = 10: weights of the three layers",
    holds: () => equal([1e12, 1999 ** 2, 21 ** 2], [...megapixelLayer(10)]),
  },
  {
    id: "cost/offsets-of-a-small-image",
    clause: "COST-3",
    title: "4 × 5 to 4 × 5: a matrix without a zero, and as many weights in it as offsets",
    holds: () => {
      const { A, B } = lettersOf("COST-3", { H: 4, W: 5, D: 0 });
      const made = everyOffset(4, 5);
      return equal([A, 0, B], [made.entries, made.zero, made.weights]);
    },
  },
  {
    id: "cost/window-of-a-small-image",
    clause: "COST-3",
    title: "with Δ = 1 and with Δ = 2 on 4 × 5: weights",
    holds: () =>
      equal(
        [1, 2].map((D) => lettersOf("COST-3", { H: 4, W: 5, D }).C),
        [1, 2].map((D) => offsetsUpTo(D, 4, 5).weights),
      ),
  },
  {
    id: "cost/a-few-hundred",
    clause: "COST-3",
    title: "Δ smaller than 10 leaves a few hundred weights: 361 at the most",
    holds: () => equal(361, Math.max(...range(1, 9).map((D) => megapixelLayer(D)[2]))),
  },
];

/** Connections between 1,000 neurons and 1,000, 25 each, of which only those within the row are counted. */
const within = (): number =>
  elements(
    kernelLayer(support, "correlate", embed(support, "V", single(ones(1000))), single(ones(25)), { padding: "same" }),
  ).reduce((sum, connected) => sum + (connected.get("V")?.size ?? 0), 0);

const neighbours: readonly Claim[] = [
  {
    id: "cost/factor-forty",
    clause: "COST-4",
    title: "a thousand neurons to a thousand: weights with all connections and with 25 each, and their quotient",
    holds: () => {
      const { A, B, F } = lettersOf("COST-4", { m: 1000, n: 1000, k: 25 });
      return equal([1e6, 25_000, 40], [A, B, F]);
    },
  },
  {
    id: "cost/twenty-five-counted",
    clause: "COST-4",
    title: "on a row long enough for a thousand whole windows, counted one by one",
    holds: () => equal(25_000, tallyOf("correlate", single(ones(1024)), single(ones(25))).multiplications),
  },
  {
    id: "cost/row-that-ends",
    clause: "COST-4",
    title: "on a row of a thousand 156 of them lie beyond its ends",
    holds: () => equal(25_000 - 156, within()),
  },
];

const H = 280;
const W = 320;

const edges: readonly Claim[] = [
  {
    id: "cost/edges-float-operations",
    clause: "COST-5",
    title: "280 × 320 to 280 × 319 as a cross-correlation: float operations, run and counted",
    holds: () => {
      const { additions, multiplications } = tallyOf("correlate", single(ones(H, W)), single(stored([1, 2], [-1, 1])));
      return equal([267_960, 267_960], [lettersOf("COST-5", { H, W }).F, additions + multiplications]);
    },
  },
  {
    id: "cost/edges-sparse-entries",
    clause: "COST-5",
    title: "entries of the sparse matrix, counted in every row, and the float operations they take",
    holds: () => {
      const V = embed(support, "V", single(ones(H, W)));
      const rows = elements(kernelLayer(support, "correlate", V, single(stored([1, 2], [-1, 1]))));
      const stand = rows.map((row) => row.get("V")?.size ?? 0);
      const total = stand.reduce((sum, size) => sum + size);
      const operations = stand.reduce((sum, size) => sum + size + (size - 1), 0);
      return equal([lettersOf("COST-5", { H, W }).S, 267_960], [total, operations]);
    },
  },
  {
    id: "cost/edges-dense-entries",
    clause: "COST-5",
    title: "entries of the dense matrix, a multiplication each",
    holds: () => equal(8_003_072_000, lettersOf("COST-5", { H, W }).D),
  },
  {
    id: "cost/edges-of-a-small-image",
    clause: "COST-5",
    title: "the same on 5 × 7, all counted: dense entries and multiplications, sparse entries, weights",
    holds: () => {
      const { D, S } = lettersOf("COST-5", { H: 5, W: 7 });
      const made = entries([5, 7], [1, 2]);
      return equal([D, D, S, 2], [made.entries, dense(5 * 7, 5 * 6)[0], made.entries - made.zero, made.weights]);
    },
  },
];

const savings: readonly Claim[] = [
  {
    id: "cost/stride-divides",
    clause: "COST-6",
    title: "12 × 12 places at strides 2 and 3: multiplications at unit stride, divided by 6",
    holds: () => {
      const [V, K] = [single(ones(14, 14)), single(ones(3, 3))];
      const A = tallyOf("correlate", V, K).multiplications;
      const { B } = lettersOf("COST-6", { A, s1: 2, s2: 3 }, 2);
      return equal(B, tallyOf("correlate", V, K, { stride: [2, 3] }).multiplications);
    },
  },
  {
    id: "cost/pooling-halves-the-next-layer",
    clause: "COST-6",
    title:
      "pooled by width 3 and stride 2, the ragged last window kept, 6 units become 3; multiplications of a dense layer of 4 on them",
    holds: () => {
      const { x } = counting();
      const pooled = averageLayer(x, embed(x, "V", single(ones(6))), { window: [3], stride: [2], rounding: "ceil" });
      return equal([3, dense(6, 4)[0] / 2], [pooled.shape[2], dense(pooled.shape[2], 4)[0]]);
    },
  },
  {
    id: "cost/two-small-kernels",
    clause: "COST-7",
    title: "a kernel of 5 × 5, and two of 3 × 3: weights",
    holds: () => {
      const { A, B } = lettersOf("COST-7", { k: 5, j: 3 });
      return equal([A, B], [entries([7, 7], [5, 5]).weights, 2 * entries([7, 7], [3, 3]).weights]);
    },
  },
  {
    id: "cost/turning-costs-nothing",
    clause: "COST-8",
    title: "convolution and cross-correlation have the same operations, under every padding and stride",
    holds: () => {
      const [V, K] = [integers("cost/V", [1, 2, 7, 6]), integers("cost/K", [3, 2, 2, 3])];
      const attributes = (["valid", "same", "full"] as const).flatMap((padding) =>
        [
          [1, 1],
          [2, 3],
        ].map((stride) => ({ padding, stride })),
      );
      return all(
        attributes.map(
          (each) =>
            JSON.stringify(tallyOf("convolve", V, K, each)) === JSON.stringify(tallyOf("correlate", V, K, each)),
        ),
        "attributes",
      );
    },
  },
];

/** COST: what layers store and compute, counted. */
export const costClaims: readonly Claim[] = [...connections, ...fromPairsToWindow, ...neighbours, ...edges, ...savings];
