import { resolveWindow, tilesOf, type WindowAttributes } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { KernelInputs } from "./correlate.ts";
import { has, indices, tensor } from "./tensor.ts";

/** TILED-1   Z[n,o,p] = b[o] + Σ_{c,k} V[n, c, p·s + k·d − a] · K[o, c, k, p mod t] */
export const tiled = <T>(x: Arithmetic<T>, { V, K, b }: KernelInputs<T>, attributes: WindowAttributes) => {
  const { stride: s, dilation: d } = attributes;
  const { O, C, R, t } = tilesOf(K.shape);
  const { begin: a, extents: P } = resolveWindow(V.shape.slice(2), R, attributes);

  const Z = tensor([V.shape[0], O, ...P], ([n, o, ...p]) => {
    const tile = p.map((_, i) => p[i] % t[i]);
    const terms: T[] = b ? [b.at(o)] : [];
    for (const [c, ...k] of indices(C, ...R)) {
      const v = [n, c, ...p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i])];
      if (has(V.shape, v)) terms.push(x.multiply(V.at(...v), K.at(o, c, ...k, ...tile)));
    }
    return sum(x, terms);
  });
  return { Z };
};
