import { type Layer, sizeOf } from "../../spec/index.ts";
import { call, reshaped, type Shaped, type Work } from "./work.ts";

/** The parameters of a network by name, and the gradients that its layers have found so far. */
export interface Learned<V> {
  readonly parameters: Readonly<Record<string, V>>;
  readonly gradients: Record<string, V>;
}

/** What a layer gave, and its way back: from G = ∂E/∂y to ∂E/∂V, noting the gradients of its parameters. */
export interface Passed<V> {
  readonly y: V;
  back(G: V): Work<V, V>;
}

type Kind = Layer["layer"];
type Pass<K extends Kind> = <V extends Shaped>(
  layer: Extract<Layer, { readonly layer: K }>,
  V: V,
  learned: Learned<V>,
) => Work<V, Passed<V>>;

const spatial = ({ shape }: Shaped): number[] => shape.slice(2);

/** y = K ⊗ V + b;  ∂E/∂K = g(G, V), ∂E/∂b = Σ G, ∂E/∂V = h(K, G) */
const correlate: Pass<"correlate"> = function* ({ K: kernel, b: bias, attributes }, V, { parameters, gradients }) {
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
const dense: Pass<"dense"> = function* ({ W: weights, b: bias }, x, { parameters, gradients }) {
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
const relu: Pass<"relu"> = function* (_, V) {
  return {
    y: (yield* call("relu", { V })).Z,
    back: function* (G) {
      return (yield* call("relu-gradient", { V, G })).dV;
    },
  };
};

const maxPool: Pass<"max-pool"> = function* ({ attributes }, V) {
  return {
    y: (yield* call("max-pool", { V }, attributes)).Z,
    *back(G) {
      return (yield* call("max-pool-gradient", { V, G }, attributes)).dV;
    },
  };
};

const averagePool: Pass<"average-pool"> = function* ({ attributes }, V) {
  return {
    y: (yield* call("average-pool", { V }, attributes)).Z,
    *back(G) {
      return (yield* call("average-pool-gradient", { G }, { ...attributes, input: spatial(V) })).dV;
    },
  };
};

/** NET-3   y = the last stage of … of the first of V */
const complex: Pass<"complex"> = ({ stages }, V, learned) => sequence(stages, V, learned);

/** NET-4   y = V + F(V);  ∂E/∂V = G + F′ᵀ(G) */
const residual: Pass<"residual"> = function* ({ body }, V, learned) {
  const F = yield* sequence(body, V, learned);
  return {
    y: (yield* call("add", { a: V, b: F.y })).Z,
    *back(G) {
      return (yield* call("add", { a: G, b: yield* F.back(G) })).Z;
    },
  };
};

/** NET-5   y = the outputs of the branches of V along the channels;  ∂E/∂V = the sum of what each makes of its part of G */
const inception: Pass<"inception"> = function* <V extends Shaped>(
  { branches }: Extract<Layer, { readonly layer: "inception" }>,
  V: V,
  learned: Learned<V>,
): Work<V, Passed<V>> {
  const F: Passed<V>[] = [];
  for (const branch of branches) F.push(yield* sequence(branch, V, learned));
  const channels = F.map(({ y }) => y.shape[1]);
  const parts = Object.fromEntries(F.map(({ y }, part) => ["abcd"[part], y]));
  return {
    y: (yield* call("concatenate", parts)).Z,
    *back(G) {
      let dV: V | undefined;
      for (const [part, { back }] of F.entries()) {
        const own = (yield* call("concatenate-gradient", { G }, { channels, part })).dV;
        const term = yield* back(own);
        dV = dV === undefined ? term : (yield* call("add", { a: dV, b: term })).Z;
      }
      return dV as V;
    },
  };
};

/** NET-6   y[n, i] = V[n, c, …v] at the row-major place i of [c, …v]; back in the same way */
const flatten: Pass<"flatten"> = function* (_, V) {
  const [N, ...rest] = V.shape;
  return {
    y: yield* reshaped(V, [N, sizeOf(rest)]),
    back: (G) => reshaped(G, V.shape),
  };
};

const passes: { readonly [K in Kind]: Pass<K> } = {
  correlate,
  dense,
  relu,
  "max-pool": maxPool,
  "average-pool": averagePool,
  complex,
  residual,
  inception,
  flatten,
};

/** NET-8   Layers one after the other, and back through them from the last to the first: the chain rule. */
export function* sequence<V extends Shaped>(layers: readonly Layer[], V: V, learned: Learned<V>): Work<V, Passed<V>> {
  const passed: Passed<V>[] = [];
  let y = V;
  for (const layer of layers) {
    const next = yield* (passes[layer.layer] as Pass<Kind>)(layer, y, learned);
    passed.push(next);
    y = next.y;
  }
  return {
    y,
    *back(G) {
      let δ = G;
      for (const { back } of passed.toReversed()) δ = yield* back(δ);
      return δ;
    },
  };
}
