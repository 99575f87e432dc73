import { type KernelGradientAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { KernelGradientInputs } from "./correlate-kernel-gradient.ts";
import { has, indices, tensor } from "./tensor.ts";

/** GRAD-7   dK[o,c,k] = Σ_{n,p} G[n,o,p] · V[n, g(o)·C + c, p·s + (R−1)·d − a − k·d] */
export const convolveKernelGradient = <T>(
  x: Arithmetic<T>,
  { G, V }: KernelGradientInputs<T>,
  attributes: KernelGradientAttributes,
) => {
  const { stride: s, dilation: d, groups, kernel: R } = attributes;
  const [N, O, ...P] = G.shape;
  const C = V.shape[1] / groups;
  const { begin: a } = resolveWindow(V.shape.slice(2), R, attributes);
  const g = (o: number) => Math.floor(o / (O / groups));

  const dK = tensor([O, C, ...R], ([o, c, ...k]) => {
    const terms: T[] = [];
    for (const [n, ...p] of indices(N, ...P)) {
      const v = [n, g(o) * C + c, ...k.map((_, i) => p[i] * s[i] + (R[i] - 1) * d[i] - a[i] - k[i] * d[i])];
      if (has(V.shape, v)) terms.push(x.multiply(G.at(n, o, ...p), V.at(...v)));
    }
    return sum(x, terms);
  });
  return { dK };
};
