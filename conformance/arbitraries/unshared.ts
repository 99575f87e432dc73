import fc from "fast-check";
import { resolveWindow, type Shape, type WindowAttributes } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { channels } from "./channels.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";
import { drawnWindow } from "./window.ts";

/** The shapes of a layer whose kernel depends on the position, and what varies beside them. */
interface DrawnLayer {
  readonly V: Shape;
  readonly Z: Shape;
  readonly C: number;
  readonly R: Shape;
  readonly P: Shape;
  readonly O: number;
  /** How many kernels take turns on each axis: one often, sometimes more than there are positions. */
  readonly t: Shape;
  readonly bias: boolean;
  readonly attributes: WindowAttributes;
}

const drawnLayer = ({ window, ...limits }: CallLimits): fc.Arbitrary<DrawnLayer> =>
  fc
    .tuple(
      window ?? drawnWindow({ taps: [5, 3, 2], ...limits }),
      channels,
      fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 5 })), { minLength: 3, maxLength: 3 }),
    )
    .map(([{ X, R, attributes }, { N, perGroup, kernels, bias }, t]) => {
      const { extents: P } = resolveWindow(X, R, attributes);
      // Each position has weights of its own: few channels keep a call small.
      const C = X.length === 1 ? perGroup : Math.min(perGroup, 2);
      const O = X.length === 3 ? Math.min(kernels, 2) : kernels;
      return { V: [N, C, ...X], Z: [N, O, ...P], C, R, P, O, t: t.slice(0, X.length), bias, attributes };
    });

type Build = (
  layer: DrawnLayer,
) => Pick<Invocation, "operator"> & { readonly inputs: Readonly<Record<string, Shape>>; readonly attributes?: object };

/** Any valid call of an operator whose shapes follow from those of a layer. */
const layerCall =
  (build: Build) =>
  ({ dtype = "f32", values = "exact", ...limits }: CallLimits = {}): fc.Arbitrary<Invocation> =>
    drawnLayer(limits).chain((layer) => {
      const { operator, inputs, attributes = {} } = build(layer);
      const tensors = Object.entries(inputs).map(([name, shape]) => [name, drawnTensor(dtype, shape, values)] as const);
      return fc
        .record(Object.fromEntries(tensors))
        .map((drawn) => ({ operator, inputs: drawn, attributes }) as unknown as Invocation);
    });

const unshared = ({ O, P, C, R }: DrawnLayer): Shape => [O, ...P, C, ...R];
const tiles = ({ O, C, R, t }: DrawnLayer): Shape => [O, C, ...R, ...t];

/** Any valid call of locally-connected. */
export const locallyConnectedCall = layerCall((layer) => ({
  operator: "locally-connected",
  inputs: { V: layer.V, W: unshared(layer), ...(layer.bias ? { b: layer.Z.slice(1) } : {}) },
  attributes: layer.attributes,
}));

/** Any valid call of locally-connected-input-gradient. */
export const locallyConnectedInputGradientCall = layerCall((layer) => ({
  operator: "locally-connected-input-gradient",
  inputs: { G: layer.Z, W: unshared(layer) },
  attributes: { ...layer.attributes, input: layer.V.slice(2) },
}));

/** Any valid call of locally-connected-kernel-gradient. */
export const locallyConnectedKernelGradientCall = layerCall((layer) => ({
  operator: "locally-connected-kernel-gradient",
  inputs: { G: layer.Z, V: layer.V },
  attributes: { ...layer.attributes, kernel: layer.R },
}));

/** Any valid call of locally-connected-bias-gradient. */
export const locallyConnectedBiasGradientCall = layerCall((layer) => ({
  operator: "locally-connected-bias-gradient",
  inputs: { G: layer.Z },
}));

/** Any valid call of tiled. */
export const tiledCall = layerCall((layer) => ({
  operator: "tiled",
  inputs: { V: layer.V, K: tiles(layer), ...(layer.bias ? { b: [layer.O] } : {}) },
  attributes: layer.attributes,
}));

/** Any valid call of tiled-input-gradient. */
export const tiledInputGradientCall = layerCall((layer) => ({
  operator: "tiled-input-gradient",
  inputs: { G: layer.Z, K: tiles(layer) },
  attributes: { ...layer.attributes, input: layer.V.slice(2) },
}));

/** Any valid call of tiled-kernel-gradient. */
export const tiledKernelGradientCall = layerCall((layer) => ({
  operator: "tiled-kernel-gradient",
  inputs: { G: layer.Z, V: layer.V },
  attributes: { ...layer.attributes, kernel: layer.R, tiles: layer.t },
}));
