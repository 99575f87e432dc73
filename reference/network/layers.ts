import type { Layer } from "../../spec/index.ts";
import type { Kind, Learned, Pass, Passed } from "./pass.ts";
import { averagePool, correlate, dense, flatten, maxPool, relu } from "./simple-layers.ts";
import { call, type Shaped, type Work } from "./work.ts";

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
