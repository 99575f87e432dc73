import { resolveWindow, type TiledInputGradientAttributes, tilesOf } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { InputGradientInputs } from "./correlate-input-gradient.ts";
import { has, indices, tensor } from "./tensor.ts";

/** GRAD-43   dV[n,c,x] = Σ_{o,k} G[n,o,p] · K[o, c, k, p mod t] with p = (x + a − k·d)/s; a fraction is no index */
export const tiledInputGradient = <T>(
  x: Arithmetic<T>,
  { G, K }: InputGradientInputs<T>,
  attributes: TiledInputGradientAttributes,
) => {
  const { stride: s, dilation: d, input: X } = attributes;
  const { O, C, R, t } = tilesOf(K.shape);
  const { begin: a } = resolveWindow(X, R, attributes);

  const dV = tensor([G.shape[0], C, ...X], ([n, c, ...v]) => {
    const terms: T[] = [];
    for (const [o, ...k] of indices(O, ...R)) {
      const p = v.map((_, i) => (v[i] + a[i] - k[i] * d[i]) / s[i]);
      const z = [n, o, ...p];
      if (!p.every(Number.isInteger) || !has(G.shape, z)) continue;
      const tile = p.map((_, i) => p[i] % t[i]);
      terms.push(x.multiply(G.at(...z), K.at(o, c, ...k, ...tile)));
    }
    return sum(x, terms);
  });
  return { dV };
};
