import { sizeOf } from "../../spec/index.ts";
import type { Pass } from "./pass.ts";
import { call, reshaped, type Shaped } from "./work.ts";

const spatial = ({ shape }: Shaped): number[] => shape.slice(2);

/** y = K ⊗ V + b;  ∂E/∂K = g(G, V), ∂E/∂b = Σ G, ∂E/∂V = h(K, G) */
export const correlate: Pass<"correlate"> = function* (
  { K: kernel, b: bias, attributes },
  V,
  { parameters, gradients },
) {
  const [K, b] = [parameters[kernel], parameters[bias]];
  return {
    y: (yield* call("correlate", { V, K, b }, attributes)).Z,
    *back(G) {
      gradients[kernel] = (yield* call(
        "correlate-kernel-gradient",
        { G, V },
        { ...attributes, kernel: spatial(K) },
      )).dK;
      gradients[bias] = (yield* call("bias-gradient", { G })).db;
      return (yield* call("correlate-input-gradient", { G, K }, { ...attributes, input: spatial(V) })).dV;
    },
  };
};

/** y = W·V + b;  ∂E/∂W = G·Vᵀ, ∂E/∂b = Σ G, ∂E/∂V = Wᵀ·G */
export const dense: Pass<"dense"> = function* ({ W: weights, b: bias }, x, { parameters, gradients }) {
  const [W, b] = [parameters[weights], parameters[bias]];
  return {
    y: (yield* call("dense", { x, W, b })).Z,
    *back(G) {
      gradients[weights] = (yield* call("dense-weight-gradient", { G, x })).dW;
      gradients[bias] = (yield* call("dense-bias-gradient", { G })).db;
      return (yield* call("dense-input-gradient", { G, W })).dx;
    },
  };
};

/** y = max(V, 0);  ∂E/∂V = f′(V)·G */
export const relu: Pass<"relu"> = function* (_, V) {
  return {
    y: (yield* call("relu", { V })).Z,
    *back(G) {
      return (yield* call("relu-gradient", { V, G })).dV;
    },
  };
};

export const maxPool: Pass<"max-pool"> = function* ({ attributes }, V) {
  return {
    y: (yield* call("max-pool", { V }, attributes)).Z,
    *back(G) {
      return (yield* call("max-pool-gradient", { V, G }, attributes)).dV;
    },
  };
};

export const averagePool: Pass<"average-pool"> = function* ({ attributes }, V) {
  return {
    y: (yield* call("average-pool", { V }, attributes)).Z,
    *back(G) {
      return (yield* call("average-pool-gradient", { G }, { ...attributes, input: spatial(V) })).dV;
    },
  };
};

/** NET-6   y[n, i] = V[n, c, …v] at the row-major place i of [c, …v]; back in the same way */
export const flatten: Pass<"flatten"> = function* (_, V) {
  const [N, ...rest] = V.shape;
  return {
    y: yield* reshaped(V, [N, sizeOf(rest)]),
    back: (G) => reshaped(G, V.shape),
  };
};
