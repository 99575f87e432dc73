import { type AttributesOf, type Erratum, operatorNamed, type Tensor } from "../../spec/index.ts";
import { exact } from "../arithmetics/exact.ts";
import { support } from "../arithmetics/support.ts";
import { batchNorm } from "../batch-norm.ts";
import { runFormula } from "../formula/index.ts";
import { elements, embed, tensor } from "../tensor.ts";
import { applied, image, integers, kernelLayer, line, rearranged, rot180, stored, values } from "./calls.ts";
import { all, equal, lettersOf, type Outcome, range } from "./claim.ts";
import { megapixelLayer, offsetsCounted } from "./cost.ts";
import { isInvariant, paddedOutputs, stridedShift } from "./equi.ts";
import { seen } from "./field.ts";
import { paddedIsLinear, unpaddedIsLinear } from "./fourier.ts";
import { isBlockToeplitz, rowsThatDoNotWrap } from "./matrix.ts";

/** A place where the notes are wrong, run: what they print does not hold, and what the clause says does. */
export interface VerifiedErratum {
  readonly erratum: Erratum["id"];
  printed(): Outcome;
  corrected(): Outcome;
}

/** The image and the kernels of the worked example of 000. */
const brightness = image([
  [1, 5, 2, 3],
  [5, 5, 5, 5],
  [2, 5, 1, 2],
  [3, 5, 2, 2],
]);
const verticalLines = image([
  [-1, 2, -1],
  [-1, 2, -1],
  [-1, 2, -1],
]);
const horizontalLines = image([
  [-1, -1, -1],
  [2, 2, 2],
  [-1, -1, -1],
]);

/** The input of the worked example of 002, its third channel without its second and third row, which are printed in several ways. */
const firstChannels = [
  [2, 0, 0, 0, 0, 2, 2, 2, 1, 0, 2, 1, 1, 2, 2, 1, 1, 1, 2, 2, 0, 0, 1, 0, 0],
  [1, 1, 1, 2, 1, 1, 2, 1, 0, 0, 1, 2, 0, 2, 1, 2, 0, 1, 1, 1, 1, 1, 1, 2, 2],
];
const secondRows = [
  [2, 1, 1, 2, 0],
  [2, 1, 1, 1, 2],
];
const thirdRows = [
  [1, 1, 2, 1, 2],
  [1, 1, 2, 0, 2],
];
const inputWith = (second: readonly number[], third: readonly number[]): Tensor =>
  stored([1, 3, 5, 5], [...firstChannels.flat(), 0, 0, 0, 2, 0, ...second, ...third, 1, 2, 1, 2, 0, 0, 0, 0, 2, 1]);
const filters = stored(
  [2, 3, 3, 3],
  [
    [1, -1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, -1, -1, 1, 1, -1, -1, 1, -1, 1, -1, 0, 1, 1, 1, 1],
    [-1, 1, 0, 1, -1, -1, 0, 1, 1, 0, -1, -1, 0, -1, 0, 0, 1, 1, 0, -1, -1, 0, 0, 0, -1, 1, 0],
  ].flat(),
);
const biases = stored([2], [1, 0]);
const printedOutputs = [7, 10, -1, 7, 14, 6, 3, 8, -1, 6, 3, 0, -3, -1, -3, -5, -7, -3];

/** A formula as it is printed, run on a call of cross-correlation. */
function ran(text: string, inputs: Readonly<Record<string, Tensor>>, given: Partial<AttributesOf<"correlate">>) {
  const attributes = operatorNamed("correlate").complete(inputs, given);
  return Object.values(runFormula(text, "correlate", inputs, attributes))
    .flat()
    .map(({ n, d }) => Number(n) / Number(d));
}

const onePixel: Partial<AttributesOf<"correlate">> = {
  stride: [2, 2],
  padding: [
    [1, 1],
    [1, 1],
  ],
};

/** The outputs of the example of 002 with the rows that are printed in several ways. */
const exampleWith = (second: readonly number[], third: readonly number[]): number[] =>
  ran(exampleFormula("(p1-1)*s1", "(p2-1)*s2"), { V: inputWith(second, third), K: filters, b: biases }, onePixel);

const exampleFormula = (row: string, column: string): string =>
  `Z[n,o,p1,p2] = b[o] + Sum(V[n, c, ${row} + k1 - a1, ${column} + k2 - a2] * K[o,c,k1,k2], c, k1, k2)`;

const workedExamples: readonly VerifiedErratum[] = [
  {
    erratum: "E-001",
    printed: () => equal(-4, applied("correlate", brightness, verticalLines, { padding: "same" })[6]),
    corrected: () => equal(-9, applied("correlate", brightness, verticalLines, { padding: "same" })[6]),
  },
  {
    erratum: "E-002",
    // What is printed is the border, 2 1 5 in the first row and 7 in the first column.
    printed: () => equal([2, 1, 5, 7], applied("correlate", brightness, horizontalLines, { padding: "same" })),
    corrected: () =>
      equal(
        [2, 1, 5, 0, 7, 14, 12, 12, -4, -9, -8, -8, 9, 12, 10, 5],
        applied("correlate", brightness, horizontalLines, { padding: "same" }),
      ),
  },
  {
    erratum: "E-005",
    printed: () =>
      equal(
        printedOutputs,
        ran(
          exampleFormula("(p1-1)", "(p2-1)"),
          { V: inputWith(secondRows[1], thirdRows[1]), K: filters, b: biases },
          onePixel,
        ),
      ),
    corrected: () => equal(printedOutputs, exampleWith(secondRows[1], thirdRows[1])),
  },
  {
    erratum: "E-006",
    printed: () =>
      all(
        secondRows.flatMap((second) =>
          thirdRows.map((third) => String(exampleWith(second, third)) === String(printedOutputs)),
        ),
        "combinations of the printed rows give the printed outputs",
      ),
    corrected: () =>
      equal(
        [false, false, false, true],
        secondRows.flatMap((second) =>
          thirdRows.map((third) => String(exampleWith(second, third)) === String(printedOutputs)),
        ),
      ),
  },
  {
    erratum: "E-008",
    printed: () => equal([-13, -13, -13], linesOfTheSum()),
    corrected: () =>
      equal(
        -13,
        linesOfTheSum().reduce((sum, part) => sum + part),
      ),
  },
];

/** 002: the three lines that are printed for S(0,0), the kernel counted from −1 to 1. */
function linesOfTheSum(): number[] {
  const sobel = [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ];
  const K = (m: number, n: number) => sobel[m + 1]?.[n + 1] ?? 0;
  return range(0, 2).map((i) => range(0, 2).reduce((sum, j) => sum + (3 * i + j + 1) * K(0 - i, 0 - j), 0));
}

/** A call with two channels and strides that differ, for formulas that mix up their indices. */
const mixed = { V: integers("errata/V", [1, 2, 7, 8]), K: integers("errata/K", [2, 2, 3, 2]) };

/** Two layers of 1 × 1 kernels, one after the other. */
const after = (first: Tensor, second: Tensor, V: Tensor): number[] => {
  const between = kernelLayer(exact, "convolve", embed(exact, "V", V), first);
  return values(kernelLayer(exact, "convolve", between, second));
};

const formulas: readonly VerifiedErratum[] = [
  {
    erratum: "E-003",
    printed: () => equal(applied("correlate", mixed.V, mixed.K, { stride: [2, 3] }), strided("i")),
    corrected: () => equal(applied("correlate", mixed.V, mixed.K, { stride: [2, 3] }), strided("j")),
  },
  {
    erratum: "E-004",
    printed: () => {
      const [K, L] = [stored([2, 2, 1], [0, 1, 0, 0]), stored([2, 2, 1], [0, 0, 1, 0])];
      const V = stored([1, 2, 1], [3, 5]);
      return equal(after(K, L, V), after(L, K, V));
    },
    corrected: () => {
      const [K, L] = [stored([2, 2, 1], [2, 0, 0, 3]), stored([2, 2, 1], [5, 0, 0, 7])];
      const V = stored([1, 2, 1], [3, 5]);
      return equal(after(K, L, V), after(L, K, V));
    },
  },
  {
    erratum: "E-007",
    printed: () => {
      const [V, K] = [line(1, 2, 3, 4, 7), line(1, 0, -2)];
      return equal(applied("convolve", V, K), applied("correlate", V, K));
    },
    corrected: () => {
      const V = line(1, 2, 3, 4, 7);
      return all(
        [line(1, 0, -2), line(1, 5, 1)].map(
          (K) =>
            String(applied("convolve", V, K)) === String(applied("correlate", V, rot180(K))) &&
            (String(rot180(K).data) === String(K.data)) ===
              (String(applied("convolve", V, K)) === String(applied("correlate", V, K))),
        ),
        "kernels",
      );
    },
  },
  {
    erratum: "E-009",
    printed: () =>
      equal(
        applied("correlate", mixed.V, mixed.K),
        ran("Z[i,j,k] = Sum(V[l, j+m, k+n] * K[i,l,m,n], l, m, n)", mixed, {}),
      ),
    corrected: () =>
      equal(
        applied("correlate", mixed.V, mixed.K),
        ran("Z[i,j,k] = Sum(V[l, j+m-1, k+n-1] * K[i,l,m,n], l, m, n)", mixed, {}),
      ),
  },
  {
    erratum: "E-010",
    printed: () => {
      const widths = range(1, 7);
      return equal(
        widths,
        widths.filter((F) => Number.isInteger((F - 1) / 2)),
      );
    },
    corrected: () =>
      equal(
        [1, 3, 5, 7],
        range(1, 7).filter((F) => Number.isInteger((F - 1) / 2)),
      ),
  },
  {
    erratum: "E-011",
    printed: () => equal(backwards().shape, withoutPadding().shape),
    corrected: () => {
      const { shape, flat } = backwards();
      const bordered = kernelLayer(exact, "correlate", embed(exact, "G", delta), rot180(weights), { padding: "full" });
      return equal([[...shape], flat], [[...bordered.shape], values(bordered)]);
    },
  },
];

/** 000: the strided formula with one letter or another for the row. */
const strided = (row: "i" | "j"): number[] =>
  ran(`Z[i,j,k] = Sum(V[l, (${row}-1)*s1 + m, (k-1)*s2 + n] * K[i,l,m,n], l, m, n)`, mixed, { stride: [2, 3] });

const delta = integers("errata/delta", [1, 1, 4, 5]);
const weights = integers("errata/weights", [1, 1, 3, 2]);

const withoutPadding = () => {
  const { shape } = kernelLayer(exact, "correlate", embed(exact, "G", delta), rot180(weights));
  return { shape: [...shape] };
};

/** GRAD: each δ carried back along every weight that had a part in it. */
function backwards() {
  const [, , P, Q] = delta.shape;
  const [, , R, S] = weights.shape;
  const [G, w] = [embed(exact, "G", delta), embed(exact, "w", weights)];
  const shape = [1, 1, P + R - 1, Q + S - 1];
  const dV = tensor(shape, ([, , i, j]) => {
    let total = exact.zero;
    for (const p of range(0, P - 1))
      for (const q of range(0, Q - 1))
        if (i - p >= 0 && i - p < R && j - q >= 0 && j - q < S)
          total = exact.add(total, exact.multiply(G.at(0, 0, p, q), w.at(0, 0, i - p, j - q)));
    return total;
  });
  return { shape, flat: values(dV) };
}

const stack = (depth: number, stride = 1) => range(1, depth).map(() => ({ kind: "kernel" as const, width: 3, stride }));

const statements: readonly VerifiedErratum[] = [
  {
    erratum: "E-020",
    printed: () => equal(4e6, offsetsCounted(1000)),
    corrected: () => equal([3_996_001, megapixelLayer(0)[1]], [offsetsCounted(1000), 1999 ** 2]),
  },
  {
    erratum: "E-021",
    printed: () => equal(4 * 10 ** 2, range(-10, 10).length ** 2),
    corrected: () => equal(lettersOf("COST-3", { H: 1, W: 1, D: 10 }).C, range(-10, 10).length ** 2),
  },
  {
    erratum: "E-022",
    printed: () => all(rowsThatDoNotWrap(), "rows of the circulant matrix are those of the convolution"),
    corrected: () => all(isBlockToeplitz(), "rows of the block Toeplitz matrix are those of the convolution"),
  },
  {
    erratum: "E-023",
    printed: () =>
      equal(
        [9, 27],
        [2, 3].map((depth) => seen(stack(depth), 1)[0]),
      ),
    corrected: () =>
      equal(
        [
          [5, 7],
          [9, 27],
        ],
        [1, 3].map((stride) => [2, 3].map((depth) => seen(stack(depth, stride), 1)[0])),
      ),
  },
  {
    erratum: "E-024",
    printed: () => all([unpaddedIsLinear()], "transforms without padding give the linear convolution"),
    corrected: () => all([paddedIsLinear()], "transforms padded to N + R − 1 give the linear convolution"),
  },
  {
    erratum: "E-025",
    printed: () =>
      all(
        paddedOutputs().map(({ holds }) => holds),
        "outputs are equivariant",
      ),
    corrected: () =>
      all(
        paddedOutputs().flatMap(({ holds, inside }) => (inside ? [holds] : [])),
        "outputs away from the border are equivariant",
      ),
  },
  {
    erratum: "E-026",
    printed: () =>
      all(
        range(0, 4).map((by) => stridedShift(by) !== undefined),
        "shifts at stride 2",
      ),
    corrected: () =>
      equal(
        [0, "none", 1, "none", 2],
        range(0, 4).map((by) => stridedShift(by) ?? "none"),
      ),
  },
  {
    erratum: "E-027",
    printed: () => all([isInvariant()], "shifts leave the output as it is"),
    corrected: () => equal([false, true], [isInvariant(), movesWithItsInput()]),
  },
];

/** A channel of batch normalisation without scale and shift: what it becomes, and the variance of that. */
function normalised(x: readonly number[], epsilon: number): readonly [y: number[], variance: number] {
  const channel = (name: string, of: readonly number[]) => embed(exact, name, stored([of.length, 1], of));
  const [gamma, beta] = [1, 0].map((value) => embed(exact, "c", stored([1], [value])));
  const { y } = batchNorm(exact, { x: channel("x", x), gamma, beta }, { epsilon });
  const again = batchNorm(exact, { x: y, gamma, beta }, { epsilon });
  return [values(y), values(again.variance)[0]];
}

/** For each place of 4 × 5 pixels the offsets of a window of all offsets that meet a pixel, and the offsets of the window. */
function offsetsThatMeet(): readonly [met: readonly number[], offsets: number] {
  const V = embed(support, "V", integers("errata/image", [1, 1, 4, 5]));
  const K = integers("errata/offsets", [1, 1, 7, 9]);
  const places = elements(kernelLayer(support, "correlate", V, K, { padding: "same" }));
  const met = places.map((place) => place.get("K") ?? new Set<number>());
  return [met.map(({ size }) => size), new Set(met.flatMap((each) => [...each])).size];
}

const later: readonly VerifiedErratum[] = [
  {
    erratum: "E-030",
    printed: () =>
      all(
        [
          [1, 2, 3, 6],
          [5, 5, 5],
        ].map((x) => normalised(x, 0)[1] === 1),
        "channels have unit variance",
      ),
    corrected: () =>
      equal([[0, 0, 0], 3.5 / (3.5 + 0.5)], [normalised([5, 5, 5], 0.5)[0], normalised([1, 2, 3, 6], 0.5)[1]]),
  },
  {
    erratum: "E-031",
    printed: () => {
      const [met, offsets] = offsetsThatMeet();
      return equal(met.length * 20, met.length * offsets);
    },
    corrected: () => {
      const [met, offsets] = offsetsThatMeet();
      return equal([Array<number>(20).fill(20), 63], [[...met], offsets]);
    },
  },
];

/** Whether the output of a layer moves with its input. */
const movesWithItsInput = (): boolean => {
  const event = (at: number) => line(...range(0, 9).map((t) => (t === at ? 3 : 0)));
  const [before, moved] = [2, 5].map((at) => stored([1, 1, 8], applied("correlate", event(at), line(1, 4, -2))));
  const shifted = rearranged(before, before.shape, ([n, c, t]) => (t >= 3 ? [n, c, t - 3] : undefined));
  return String(shifted.data) === String(moved.data);
};

/** Every erratum of the spec, run. */
export const verifiedErrata: readonly VerifiedErratum[] = [...workedExamples, ...formulas, ...statements, ...later];
