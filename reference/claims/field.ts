import { dilatedExtent, sizeOf, type Tensor } from "../../spec/index.ts";
import { structural } from "../arithmetics/structural.ts";
import { type Support, support } from "../arithmetics/support.ts";
import { denseMatrix, timesVector } from "../dense-matrix.ts";
import { elements, embed, indexAt, type TensorOf } from "../tensor.ts";
import { averageLayer, kernelLayer, single, stored } from "./calls.ts";
import { all, type Claim, equal, lettersOf, range } from "./claim.ts";

const ones = (...shape: number[]): Tensor => stored(shape, Array<number>(sizeOf(shape)).fill(1));

/** Inputs that an output depends on, counted from 1 as the notes do. */
const fieldOf = (output: Support): number[] => [...(output.get("V") ?? [])].map((at) => at + 1).sort((a, b) => a - b);

/** Width 3 over five units, zeros beyond the ends: what figures 9.2 to 9.4 show. */
const widthThree = (V: TensorOf<Support>): TensorOf<Support> =>
  kernelLayer(support, "correlate", V, single(ones(3)), { padding: "same" });

const fiveUnits = embed(support, "V", single(ones(5)));

const denseUnits = (): Support[] =>
  timesVector(support, embed(support, "W", ones(5, 5)), elements(embed(support, "V", ones(5))));

/** The outputs, counted from 1, that an input reaches. */
const reachedBy = (outputs: readonly Support[], input: number): number[] =>
  range(1, outputs.length).filter((at) => fieldOf(outputs[at - 1]).includes(input));

const connectivity: readonly Claim[] = [
  {
    id: "field/x3-reaches-three",
    clause: "FIELD-1",
    title: "at width 3 the outputs that x3 reaches",
    holds: () => equal([2, 3, 4], reachedBy(elements(widthThree(fiveUnits)), 3)),
  },
  {
    id: "field/x3-reaches-all-of-a-dense-layer",
    clause: "FIELD-1",
    title: "in a dense layer the outputs that x3 reaches",
    holds: () => equal([1, 2, 3, 4, 5], reachedBy(denseUnits(), 3)),
  },
  {
    id: "field/as-many-as-the-width",
    clause: "FIELD-1",
    title: "at widths 1, 3, 5, 7, 9 and 11 the number of nine outputs that the middle input reaches",
    holds: () => {
      const widths = [1, 3, 5, 7, 9, 11];
      return equal(
        widths.map((k) => lettersOf("FIELD-1", { k, N: 9 }).O),
        widths.map((k) => {
          const V = embed(support, "V", single(ones(9)));
          const Z = kernelLayer(support, "correlate", V, single(ones(k)), { padding: "same" });
          return reachedBy(elements(Z), 5).length;
        }),
      );
    },
  },
  {
    id: "field/s3-sees-three",
    clause: "FIELD-2",
    title: "at width 3 the receptive field of s3",
    holds: () => equal([2, 3, 4], fieldOf(elements(widthThree(fiveUnits))[2])),
  },
  {
    id: "field/s3-sees-all-of-a-dense-layer",
    clause: "FIELD-2",
    title: "in a dense layer the receptive field of s3",
    holds: () => equal([1, 2, 3, 4, 5], fieldOf(denseUnits()[2])),
  },
];

/** A layer as a receptive field knows it: a window, its stride and dilation, the same on every axis. */
export interface Layer {
  readonly kind: "kernel" | "pool";
  readonly width: number;
  readonly stride?: number;
  readonly dilation?: number;
}

/** What one axis of the receptive field has grown to after some layers, by the printed formula. */
export function grown(layers: readonly Layer[]): number {
  let [r, j] = [1, 1];
  for (const { width, stride = 1, dilation = 1 } of layers) {
    const { R, J } = lettersOf("FIELD-3", { r, j, F: dilatedExtent(width, dilation), s: stride });
    [r, j] = [R, J];
  }
  return r;
}

const through = (V: TensorOf<Support>, { kind, width, stride = 1, dilation = 1 }: Layer): TensorOf<Support> => {
  const axes = V.shape.length - 2;
  const each = <T>(value: T): T[] => Array<T>(axes).fill(value);
  const attributes = { stride: each(stride), dilation: each(dilation) };
  return kind === "pool"
    ? averageLayer(support, V, { ...attributes, window: each(width) })
    : kernelLayer(support, "correlate", V, single(ones(...each(width))), attributes);
};

/** The extents of the box of inputs that the first unit after some layers depends on, found by running them. */
export function seen(layers: readonly Layer[], axes: number): number[] {
  const X = Array<number>(axes).fill(grown(layers) + 2);
  const V = embed(support, "V", single(ones(...X)));
  const Z = layers.reduce(through, V);
  const places = [...(Z.at(...Z.shape.map(() => 0)).get("V") ?? [])].map((at) => indexAt(X, at));
  return X.map((_, axis) => {
    const along = places.map((place) => place[axis]);
    return Math.max(...along) - Math.min(...along) + 1;
  });
}

const convolution = (width: number, stride = 1, dilation = 1): Layer => ({ kind: "kernel", width, stride, dilation });
const pooling = (width: number, stride: number): Layer => ({ kind: "pool", width, stride });

/** Stacks of layers of every kind. */
const stacks: readonly (readonly Layer[])[] = [
  [convolution(3), convolution(3)],
  [convolution(5), convolution(2), convolution(3)],
  [convolution(3, 2), convolution(3)],
  [convolution(3), pooling(2, 2), convolution(3)],
  [convolution(3, 1, 2), pooling(3, 2), convolution(2, 2), convolution(3)],
  [pooling(2, 3), convolution(2, 1, 3)],
];

const growth: readonly Claim[] = [
  {
    id: "field/two-layers-of-3x3",
    clause: "FIELD-3",
    title: "two layers of 3 × 3 at unit stride see, run on supports",
    holds: () => equal([5, 5], seen([convolution(3), convolution(3)], 2)),
  },
  {
    id: "field/three-layers-of-3x3",
    clause: "FIELD-3",
    title: "three of them see",
    holds: () => equal([7, 7], seen([convolution(3), convolution(3), convolution(3)], 2)),
  },
  {
    id: "field/stride-three",
    clause: "FIELD-3",
    title: "two and three layers of 3 × 3 at stride 3 see",
    holds: () =>
      equal(
        [
          [9, 9],
          [27, 27],
        ],
        [seen([convolution(3, 3), convolution(3)], 2), seen([convolution(3, 3), convolution(3, 3), convolution(3)], 2)],
      ),
  },
  {
    id: "field/formula",
    clause: "FIELD-3",
    title: "the formula gives what running them gives, for stacks with strides, dilation and pooling",
    holds: () =>
      equal(
        stacks.map(grown),
        stacks.map((layers) => seen(layers, 1)[0]),
      ),
  },
  {
    id: "field/second-layer-sees-all",
    clause: "FIELD-3",
    title: "two layers of width 3 over five units: the middle one of the second layer depends on",
    holds: () => equal([1, 2, 3, 4, 5], fieldOf(elements(widthThree(widthThree(fiveUnits)))[2])),
  },
  {
    id: "field/sooner-with-stride-or-pooling",
    clause: "FIELD-3",
    title: "two layers of width 3 see more with a stride of 2 in the first, or with pooling by two between them",
    holds: () =>
      equal(
        [5, 7, 8],
        [
          [convolution(3), convolution(3)],
          [convolution(3, 2), convolution(3)],
          [convolution(3), pooling(2, 2), convolution(3)],
        ].map((layers) => seen(layers, 1)[0]),
      ),
  },
  {
    id: "field/two-small-see-one-large",
    clause: "FIELD-3",
    title: "two layers of 3 × 3 see what one of 5 × 5 sees",
    holds: () => equal(seen([convolution(5)], 2), seen([convolution(3), convolution(3)], 2)),
  },
];

/** How many entries of the matrix of a layer hold each element of its kernel. */
function uses(V: readonly number[], K: Tensor, padding: "valid" | "same"): number[] {
  const made = elements(
    denseMatrix(structural, (input) => kernelLayer(structural, "correlate", input, K, { padding }), [1, 1, ...V]),
  );
  return range(0, sizeOf(K.shape) - 1).map((k) => made.filter((entry) => entry?.get("K")?.has(k)).length);
}

const sharing: readonly Claim[] = [
  {
    id: "field/central-element",
    clause: "FIELD-4",
    title: "uses of the three elements of a kernel over five inputs, zeros beyond the ends",
    holds: () => equal([4, 5, 4], uses([5], single(ones(3)), "same")),
  },
  {
    id: "field/each-weight-once",
    clause: "FIELD-4",
    title: "uses of each of the 25 weights of a dense layer",
    holds: () => {
      const rows = denseUnits().map((output) => [...(output.get("W") ?? [])]);
      return all(
        range(0, 24).map((weight) => rows.flat().filter((used) => used === weight).length === 1),
        "weights are used once",
      );
    },
  },
  {
    id: "field/unfolded",
    clause: "FIELD-4",
    title: "3 × 3 under 2 × 2 gives 2 × 2: each of the four weights is used by each of the four outputs",
    holds: () => equal([4, 4, 4, 4], uses([3, 3], single(ones(2, 2)), "valid")),
  },
  {
    id: "field/every-place-but-the-border",
    clause: "FIELD-4",
    title: "without padding every element of a kernel of 2 × 3 is used at each of 4 × 4 places",
    holds: () => equal(Array<number>(6).fill(16), uses([5, 6], single(ones(2, 3)), "valid")),
  },
];

const overlap: readonly Claim[] = [
  {
    id: "field/overlap",
    clause: "FIELD-5",
    title: "cells that the first two windows of 3 share at strides 1 to 4",
    holds: () => {
      const strides = range(1, 4);
      const shared = strides.map((S) => {
        const V = embed(support, "V", single(ones(9)));
        const [first, second] = elements(kernelLayer(support, "correlate", V, single(ones(3)), { stride: [S] }));
        return fieldOf(first).filter((at) => fieldOf(second).includes(at)).length;
      });
      return equal(
        strides.map((S) => lettersOf("FIELD-5", { F: 3, S }).O),
        shared,
      );
    },
  },
];

const dilated: Claim = {
  id: "field/dilated-window",
  clause: "SHAPE-6",
  title: "cells from the first to the last that a kernel of 1 to 4 elements meets, at dilations 1 to 3",
  holds: () => {
    const windows = range(1, 4).flatMap((R) => range(1, 3).map((d) => ({ R, d })));
    return equal(
      windows.map(({ R, d }) => lettersOf("SHAPE-6", { R, d }).F),
      windows.map(({ R, d }) => seen([convolution(R, 1, d)], 1)[0]),
    );
  },
};

/** FIELD: receptive fields and the uses of weights, found by running layers on sets of places. */
export const fieldClaims: readonly Claim[] = [...connectivity, ...growth, ...sharing, ...overlap, dilated];
