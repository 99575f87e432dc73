import { resolveWindow, type TiledKernelGradientAttributes } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { KernelGradientInputs } from "./correlate-kernel-gradient.ts";
import { has, indices, tensor } from "./tensor.ts";

/** GRAD-44   dK[o,c,k,u] = Σ_{n,p} G[n,o,p] · V[n, c, p·s + k·d − a] over the positions p with p mod t = u */
export const tiledKernelGradient = <T>(
  x: Arithmetic<T>,
  { G, V }: KernelGradientInputs<T>,
  attributes: TiledKernelGradientAttributes,
) => {
  const { stride: s, dilation: d, kernel: R, tiles: t } = attributes;
  const [N, O, ...P] = G.shape;
  const [, C, ...X] = V.shape;
  const { begin: a } = resolveWindow(X, R, attributes);

  const dK = tensor([O, C, ...R, ...t], ([o, c, ...index]) => {
    const [k, u] = [index.slice(0, R.length), index.slice(R.length)];
    const terms: T[] = [];
    for (const [n, ...p] of indices(N, ...P)) {
      if (p.some((_, i) => p[i] % t[i] !== u[i])) continue;
      const v = [n, c, ...p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i])];
      if (has(V.shape, v)) terms.push(x.multiply(G.at(n, o, ...p), V.at(...v)));
    }
    return sum(x, terms);
  });
  return { dK };
};
