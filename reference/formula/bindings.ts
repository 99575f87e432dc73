import {
  type AttributesOf,
  type BatchNormAttributes,
  type ChannelPoolAttributes,
  type InputExtents,
  type OperatorName,
  type PoolAttributes,
  resolveWindow,
  type Shape,
  sizeOf,
  type TensorType,
  tilesOf,
  unsharedWeights,
  type WindowAttributes,
} from "../../spec/index.ts";

type Types = Readonly<Record<string, TensorType>>;

/** What the letters of an operator's formulas stand for in a call, and the shapes of inputs that count as zeros where left out. */
export interface Binding {
  /** The number of spatial axes. */
  readonly axes: number;
  readonly letters: Readonly<Record<string, number>>;
  /** Attributes that are real numbers, by letter. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Whether one index runs over all elements of every tensor, row-major, whatever its shape. */
  readonly elementwise?: boolean;
  readonly zeros?: Readonly<Record<string, Shape>>;
  /** The shapes of tensors that a formula of the clause defines for the others, beside those of the outputs. */
  readonly derived?: Readonly<Record<string, Shape>>;
}

/** { s: [2, 3] } as { s1: 2, s2: 3 }. */
const numbered = (byLetter: Readonly<Record<string, readonly number[]>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(byLetter).flatMap(([letter, perAxis]) =>
      perAxis.map((value, axis) => [`${letter}${axis + 1}`, value]),
    ),
  );

/** The letters of a sliding window: extents X, window R, stride s, dilation d, padding a before and z after. */
function windowLetters(X: Shape, R: Shape, attributes: WindowAttributes): Record<string, number> {
  const { begin, end } = resolveWindow(X, R, attributes);
  return numbered({ X, R, s: attributes.stride, d: attributes.dilation, a: begin, z: end });
}

function kernel({ V, K }: Types, attributes: AttributesOf<"correlate">): Binding {
  const [O, C, ...R] = K.shape;
  return {
    axes: R.length,
    letters: { O, C, G: attributes.groups, ...windowLetters(V.shape.slice(2), R, attributes) },
    zeros: { b: [O] },
  };
}

const pool = ({ V }: Types, attributes: PoolAttributes): Binding => ({
  axes: attributes.window.length,
  letters: windowLetters(V.shape.slice(2), attributes.window, attributes),
});

/** The letters of a gradient of a sliding kernel: those of its window, and the channels of a group on both sides. */
const kernelGradient = ({ G, V }: Types, attributes: AttributesOf<"correlate-kernel-gradient">): Binding => ({
  axes: attributes.kernel.length,
  letters: {
    C: V.shape[1] / attributes.groups,
    M: G.shape[1] / attributes.groups,
    ...numbered({ P: G.shape.slice(2) }),
    ...windowLetters(V.shape.slice(2), attributes.kernel, attributes),
  },
});

const inputGradient = ({ K }: Types, attributes: AttributesOf<"correlate-input-gradient">): Binding => ({
  axes: attributes.input.length,
  letters: {
    C: K.shape[1],
    M: K.shape[0] / attributes.groups,
    ...windowLetters(attributes.input, K.shape.slice(2), attributes),
  },
});

const transpose = ({ K }: Types, attributes: AttributesOf<"correlate-transpose">): Binding => ({
  axes: attributes.stride.length,
  letters: {
    C: K.shape[1],
    M: K.shape[0] / attributes.groups,
    ...numbered({
      R: K.shape.slice(2),
      s: attributes.stride,
      d: attributes.dilation,
      a: attributes.padding.map(([begin]) => begin),
    }),
  },
  zeros: { b: [K.shape[1] * attributes.groups] },
});

const linearPoolGradient = (_: Types, attributes: PoolAttributes & InputExtents): Binding => ({
  axes: attributes.window.length,
  letters: windowLetters(attributes.input, attributes.window, attributes),
});

/** The extents X of the input and P of the grid that it is pooled to. */
const gridLetters = (X: Shape, P: Shape): Binding => ({ axes: X.length, letters: numbered({ X, P }) });

const channelPool = ({ V }: Types, { size: g }: ChannelPoolAttributes): Binding => ({
  axes: V.shape.length - 2,
  letters: { g },
});

/** The letters of a window that slides over X, with the kernels W [O, …P, C, …R] of a locally connected layer. */
const unshared = (X: Shape, { W }: Types, attributes: WindowAttributes): Binding => {
  const { O, P, R } = unsharedWeights(W.shape);
  return { axes: R.length, letters: windowLetters(X, R, attributes), zeros: { b: [O, ...P] } };
};

/** The letters of a window that slides over X, with the kernels K [O, C, …R, …t] of tiled convolution. */
const turns = (X: Shape, { K }: Types, attributes: WindowAttributes): Binding => {
  const { O, R, t } = tilesOf(K.shape);
  return { axes: R.length, letters: { ...windowLetters(X, R, attributes), ...numbered({ t }) }, zeros: { b: [O] } };
};

/** The elements m of one channel of a batch [N, C, …X], ε, and the tensors that normalisation defines on the way. */
const normalisation = ([N, C, ...X]: Shape, { epsilon }: BatchNormAttributes): Binding => ({
  axes: X.length,
  letters: { m: N * sizeOf(X) },
  constants: { epsilon },
  derived: { mean: [C], variance: [C], xhat: [N, C, ...X] },
});

/** The channels of each part of a concatenation; one that is left out has none. */
const parts = ({ a, b, c }: Types): Binding => {
  const [N, A, ...X] = a.shape;
  const [B, C] = [b.shape[1], c ? c.shape[1] : 0];
  return { axes: X.length, letters: { A, B, C }, zeros: { c: [N, 0, ...X], d: [N, 0, ...X] } };
};

/** The binding of every operator of the spec, by name. */
export const bindings: { readonly [N in OperatorName]: (inputs: Types, attributes: AttributesOf<N>) => Binding } = {
  correlate: kernel,
  convolve: kernel,
  "max-pool": pool,
  "average-pool": pool,
  "sum-pool": pool,
  "l2-pool": pool,
  "weighted-pool": pool,
  "max-pool-winners": pool,
  "adaptive-max-pool": ({ V }, { grid }) => gridLetters(V.shape.slice(2), grid),
  "adaptive-average-pool": ({ V }, { grid }) => gridLetters(V.shape.slice(2), grid),
  "channel-pool": channelPool,
  "max-pool-gradient": pool,
  "average-pool-gradient": linearPoolGradient,
  "sum-pool-gradient": linearPoolGradient,
  "l2-pool-gradient": pool,
  "weighted-pool-gradient": linearPoolGradient,
  "adaptive-max-pool-gradient": ({ V }, { grid }) => gridLetters(V.shape.slice(2), grid),
  "adaptive-average-pool-gradient": ({ G }, { input }) => gridLetters(input, G.shape.slice(2)),
  "channel-pool-gradient": channelPool,
  "bias-gradient": ({ G }) => ({ axes: G.shape.length - 2, letters: {} }),
  "convolve-input-gradient": inputGradient,
  "convolve-kernel-gradient": kernelGradient,
  "correlate-input-gradient": inputGradient,
  "correlate-kernel-gradient": kernelGradient,
  "correlate-transpose": transpose,
  "locally-connected": (inputs, attributes) => unshared(inputs.V.shape.slice(2), inputs, attributes),
  "locally-connected-input-gradient": (inputs, attributes) => unshared(attributes.input, inputs, attributes),
  "locally-connected-kernel-gradient": ({ V }, attributes) => ({
    axes: attributes.kernel.length,
    letters: windowLetters(V.shape.slice(2), attributes.kernel, attributes),
  }),
  "locally-connected-bias-gradient": ({ G }) => ({ axes: G.shape.length - 2, letters: {} }),
  tiled: (inputs, attributes) => turns(inputs.V.shape.slice(2), inputs, attributes),
  "tiled-input-gradient": (inputs, attributes) => turns(attributes.input, inputs, attributes),
  "tiled-kernel-gradient": ({ V }, attributes) => ({
    axes: attributes.kernel.length,
    letters: {
      ...windowLetters(V.shape.slice(2), attributes.kernel, attributes),
      ...numbered({ t: attributes.tiles }),
    },
  }),
  relu: () => ({ axes: 1, letters: {}, elementwise: true }),
  "relu-gradient": () => ({ axes: 1, letters: {}, elementwise: true }),
  dense: ({ W }) => ({ axes: 1, letters: {}, zeros: { b: [W.shape[0]] } }),
  "dense-input-gradient": () => ({ axes: 1, letters: {} }),
  "dense-weight-gradient": () => ({ axes: 1, letters: {} }),
  "dense-bias-gradient": () => ({ axes: 1, letters: {} }),
  "batch-norm": ({ x }, attributes) => normalisation(x.shape, attributes),
  "batch-norm-inference": ({ x }, attributes) => normalisation(x.shape, attributes),
  "batch-norm-gradient": ({ x }, attributes) => normalisation(x.shape, attributes),
  "batch-norm-inference-gradient": ({ G }, attributes) => normalisation(G.shape, attributes),
  add: () => ({ axes: 1, letters: {}, elementwise: true }),
  concatenate: parts,
  "concatenate-gradient": ({ G }, { channels, part }) => ({
    axes: G.shape.length - 2,
    letters: { q: channels.slice(0, part).reduce((before, count) => before + count, 0) },
  }),
  update: (_, { rate }) => ({ axes: 1, letters: {}, constants: { eta: rate }, elementwise: true }),
};
