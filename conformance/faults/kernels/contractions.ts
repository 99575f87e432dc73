import { decode, offsetOf, type StoredInputs } from "../../../reference/index.ts";
import {
  type AttributesOf,
  type Shape,
  type Tensor,
  tilesOf,
  transposedExtents,
  unsharedWeights,
} from "../../../spec/index.ts";
import { type Contraction, geometry, grouped, type Meeting, type Role } from "./contract.ts";

/** The operators with a sliding kernel, beside correlate and convolve themselves. */
export type Contracted =
  | "correlate-kernel-gradient"
  | "convolve-kernel-gradient"
  | "correlate-input-gradient"
  | "convolve-input-gradient"
  | "correlate-transpose"
  | "locally-connected"
  | "locally-connected-kernel-gradient"
  | "locally-connected-input-gradient"
  | "tiled"
  | "tiled-kernel-gradient"
  | "tiled-input-gradient";

const factor = (tensor: Tensor, at: Role["at"]) => ({ tensor, shape: tensor.shape, at });

const atInput = ({ n, l, x }: Meeting) => [n, l, ...x];
const atOutput = ({ n, o, p }: Meeting) => [n, o, ...p];

/** The kernel's index: convolution meets its taps backwards. */
const atKernel =
  (flips: boolean, R: Shape) =>
  ({ o, c, k }: Meeting) => [o, c, ...(flips ? k.map((tap, i) => R[i] - 1 - tap) : k)];

const atUnshared = ({ o, p, c, k }: Meeting) => [o, ...p, c, ...k];

const atTile =
  (t: Shape) =>
  ({ o, c, k, p }: Meeting) => [o, c, ...k, ...p.map((at, i) => at % t[i])];

const bias = (b: Tensor | undefined, at: (index: readonly number[]) => number): Contraction["start"] => {
  const values = b && decode(b);
  return (index) => values?.[at(index)] ?? 0;
};

type Call<N extends Contracted> = {
  read(inputs: Record<string, Tensor>, attributes: AttributesOf<N>): Contraction;
}["read"];

const kernelGradient =
  (flips: boolean): Call<"correlate-kernel-gradient" | "convolve-kernel-gradient"> =>
  ({ G, V }, a) => {
    const [O, C, R] = [G.shape[1], V.shape[1] / a.groups, a.kernel];
    return {
      N: G.shape[0],
      ...grouped(O, C, a.groups),
      ...geometry(V.shape.slice(2), R, a),
      sum: { name: "dK", shape: [O, C, ...R], at: atKernel(flips, R) },
      factors: [factor(G, atOutput), factor(V, atInput)],
    };
  };

const inputGradient =
  (flips: boolean): Call<"correlate-input-gradient" | "convolve-input-gradient"> =>
  ({ G, K }, a) => {
    const [O, C, ...R] = K.shape;
    return {
      N: G.shape[0],
      ...grouped(O, C, a.groups),
      ...geometry(a.input, R, a),
      sum: { name: "dV", shape: [G.shape[0], C * a.groups, ...a.input], at: atInput },
      factors: [factor(G, atOutput), factor(K, atKernel(flips, R))],
    };
  };

const contractions: { readonly [N in Contracted]: Call<N> } = {
  "correlate-kernel-gradient": kernelGradient(false),
  "convolve-kernel-gradient": kernelGradient(true),
  "correlate-input-gradient": inputGradient(false),
  "convolve-input-gradient": inputGradient(true),
  "correlate-transpose": ({ V, K, b }, a) => {
    const [N, , ...P] = V.shape;
    const [O, C, ...R] = K.shape;
    const X = transposedExtents(P, R, a);
    return {
      N,
      ...grouped(O, C, a.groups),
      ...geometry(X, R, { ...a, rounding: "floor" }),
      P,
      sum: { name: "Z", shape: [N, C * a.groups, ...X], at: atInput },
      factors: [factor(V, atOutput), factor(K, atKernel(false, R))],
      start: bias(b, ([, l]) => l),
    };
  },
  "locally-connected": ({ V, W, b }, a) => {
    const { O, P, C, R } = unsharedWeights(W.shape);
    return {
      N: V.shape[0],
      ...grouped(O, C, 1),
      ...geometry(V.shape.slice(2), R, a),
      sum: { name: "Z", shape: [V.shape[0], O, ...P], at: atOutput },
      factors: [factor(V, atInput), factor(W, atUnshared)],
      start: bias(b, ([, ...op]) => offsetOf([O, ...P], op)),
    };
  },
  "locally-connected-kernel-gradient": ({ G, V }, a) => {
    const [N, O, ...P] = G.shape;
    const C = V.shape[1];
    return {
      N,
      ...grouped(O, C, 1),
      ...geometry(V.shape.slice(2), a.kernel, a),
      sum: { name: "dW", shape: [O, ...P, C, ...a.kernel], at: atUnshared },
      factors: [factor(G, atOutput), factor(V, atInput)],
    };
  },
  "locally-connected-input-gradient": ({ G, W }, a) => {
    const { O, C, R } = unsharedWeights(W.shape);
    return {
      N: G.shape[0],
      ...grouped(O, C, 1),
      ...geometry(a.input, R, a),
      sum: { name: "dV", shape: [G.shape[0], C, ...a.input], at: atInput },
      factors: [factor(G, atOutput), factor(W, atUnshared)],
    };
  },
  tiled: ({ V, K, b }, a) => {
    const { O, C, R, t } = tilesOf(K.shape);
    const window = geometry(V.shape.slice(2), R, a);
    return {
      N: V.shape[0],
      ...grouped(O, C, 1),
      ...window,
      sum: { name: "Z", shape: [V.shape[0], O, ...window.P], at: atOutput },
      factors: [factor(V, atInput), factor(K, atTile(t))],
      start: bias(b, ([, o]) => o),
    };
  },
  "tiled-kernel-gradient": ({ G, V }, a) => {
    const [O, C] = [G.shape[1], V.shape[1]];
    return {
      N: G.shape[0],
      ...grouped(O, C, 1),
      ...geometry(V.shape.slice(2), a.kernel, a),
      sum: { name: "dK", shape: [O, C, ...a.kernel, ...a.tiles], at: atTile(a.tiles) },
      factors: [factor(G, atOutput), factor(V, atInput)],
    };
  },
  "tiled-input-gradient": ({ G, K }, a) => {
    const { O, C, R, t } = tilesOf(K.shape);
    return {
      N: G.shape[0],
      ...grouped(O, C, 1),
      ...geometry(a.input, R, a),
      sum: { name: "dV", shape: [G.shape[0], C, ...a.input], at: atInput },
      factors: [factor(G, atOutput), factor(K, atTile(t))],
    };
  },
};

/** The correct sum of products of a call. */
export const contractionOf = <N extends Contracted>(
  operator: N,
  inputs: StoredInputs,
  attributes: AttributesOf<N>,
): Contraction => contractions[operator](inputs as Record<string, Tensor>, attributes);
