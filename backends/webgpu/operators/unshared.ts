import { tilesOf, unsharedWeights } from "../../../spec/index.ts";
import { slide } from "./axes.ts";
import type { Plan } from "./plan.ts";
import { forward, inputGradient, kernelGradient } from "./slide.ts";
import { inTurn, unshared } from "./weights.ts";

/** LOCAL-2: V [N, C, …X] under weights W [O, …P, C, …R] and biases b [O, …P]. */
const locallyConnected: Plan<"locally-connected"> = (on, { inputs: { V, W, b }, attributes, outputs: { Z } }) => {
  const { O, P, C, R } = unsharedWeights(W.shape);
  const window = slide(V.shape.slice(2), R, attributes);
  const weights = unshared({ P, C, R });
  forward(on, { slide: window, weights, N: V.shape[0], O, C, groups: 1 }, { V, K: W, b, Z });
};

/** GRAD-40: from G [N, O, …P] and W [O, …P, C, …R]. */
const locallyConnectedInputGradient: Plan<"locally-connected-input-gradient"> = (
  on,
  { inputs: { G, W }, attributes, outputs: { dV } },
) => {
  const { O, P, C, R } = unsharedWeights(W.shape);
  const window = slide(attributes.input, R, attributes);
  const weights = unshared({ P, C, R });
  inputGradient(on, { slide: window, weights, N: G.shape[0], O, C, groups: 1 }, { G, K: W, dV });
};

/** GRAD-41: from G [N, O, …P] and V [N, C, …X]. */
const locallyConnectedKernelGradient: Plan<"locally-connected-kernel-gradient"> = (
  on,
  { inputs: { G, V }, attributes, outputs: { dW } },
) => {
  const [N, O, ...P] = G.shape;
  const [, C, ...X] = V.shape;
  const R = attributes.kernel;
  const weights = unshared({ P, C, R });
  kernelGradient(on, { slide: slide(X, R, attributes), weights, N, O, C, groups: 1 }, { G, V, dK: dW });
};

/** TILED-1: V [N, C, …X] under kernels K [O, C, …R, …t] that take turns and a bias b [O]. */
const tiled: Plan<"tiled"> = (on, { inputs: { V, K, b }, attributes, outputs: { Z } }) => {
  const { O, C, R, t } = tilesOf(K.shape);
  const window = slide(V.shape.slice(2), R, attributes);
  const weights = inTurn({ C, R, t });
  forward(on, { slide: window, weights, N: V.shape[0], O, C, groups: 1 }, { V, K, b, Z });
};

/** GRAD-43: from G [N, O, …P] and K [O, C, …R, …t]. */
const tiledInputGradient: Plan<"tiled-input-gradient"> = (on, { inputs: { G, K }, attributes, outputs: { dV } }) => {
  const { O, C, R, t } = tilesOf(K.shape);
  const window = slide(attributes.input, R, attributes);
  const weights = inTurn({ C, R, t });
  inputGradient(on, { slide: window, weights, N: G.shape[0], O, C, groups: 1 }, { G, K, dV });
};

/** GRAD-44: from G [N, O, …P] and V [N, C, …X]. */
const tiledKernelGradient: Plan<"tiled-kernel-gradient"> = (on, { inputs: { G, V }, attributes, outputs: { dK } }) => {
  const [[N, O], [, C, ...X]] = [G.shape, V.shape];
  const { kernel: R, tiles: t } = attributes;
  const weights = inTurn({ C, R, t });
  kernelGradient(on, { slide: slide(X, R, attributes), weights, N, O, C, groups: 1 }, { G, V, dK });
};

export const unsharedPlans = {
  "locally-connected": locallyConnected,
  "locally-connected-input-gradient": locallyConnectedInputGradient,
  "locally-connected-kernel-gradient": locallyConnectedKernelGradient,
  tiled,
  "tiled-input-gradient": tiledInputGradient,
  "tiled-kernel-gradient": tiledKernelGradient,
};
