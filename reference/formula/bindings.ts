import {
  type AttributesOf,
  type OperatorName,
  type PoolAttributes,
  resolveWindow,
  type Shape,
  type TensorType,
  type WindowAttributes,
} from "../../spec/index.ts";

type Types = Readonly<Record<string, TensorType>>;

/** What the letters of an operator's formulas stand for in a call, and the shapes of inputs that count as zeros where left out. */
export interface Binding {
  /** The number of spatial axes. */
  readonly axes: number;
  readonly letters: Readonly<Record<string, number>>;
  readonly zeros?: Readonly<Record<string, Shape>>;
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

/** The binding of every operator of the spec, by name. */
export const bindings: { readonly [N in OperatorName]: (inputs: Types, attributes: AttributesOf<N>) => Binding } = {
  correlate: kernel,
  convolve: kernel,
  "max-pool": pool,
  "average-pool": pool,
};
