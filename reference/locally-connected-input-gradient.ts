import { type LocallyConnectedInputGradientAttributes, resolveWindow, unsharedWeights } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { has, indices, type TensorOf, tensor } from "./tensor.ts";

/** GRAD-40   dV[n,c,x] = Σ_{o,k} G[n,o,p] · W[o,p,c,k] with p = (x + a − k·d)/s; a fraction is no index */
export const locallyConnectedInputGradient = <T>(
  x: Arithmetic<T>,
  { G, W }: { readonly G: TensorOf<T>; readonly W: TensorOf<T> },
  attributes: LocallyConnectedInputGradientAttributes,
) => {
  const { stride: s, dilation: d, input: X } = attributes;
  const { O, C, R } = unsharedWeights(W.shape);
  const { begin: a } = resolveWindow(X, R, attributes);

  const dV = tensor([G.shape[0], C, ...X], ([n, c, ...v]) => {
    const terms: T[] = [];
    for (const [o, ...k] of indices(O, ...R)) {
      const p = v.map((_, i) => (v[i] + a[i] - k[i] * d[i]) / s[i]);
      const z = [n, o, ...p];
      if (p.every(Number.isInteger) && has(G.shape, z)) terms.push(x.multiply(G.at(...z), W.at(o, ...p, c, ...k)));
    }
    return sum(x, terms);
  });
  return { dV };
};
