import { type CorrelateTransposeAttributes, transposedExtents } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { KernelInputs } from "./correlate.ts";
import { has, indices, tensor } from "./tensor.ts";

/** GRAD-10   Z[n, g·C + c, x] = b[g·C + c] + Σ_{m,k} V[n, g·M + m, (x + a − k·d)/s] · K[g·M + m, c, k]; a fraction is no index */
export const correlateTranspose = <T>(
  x: Arithmetic<T>,
  { V, K, b }: KernelInputs<T>,
  attributes: CorrelateTransposeAttributes,
) => {
  const { stride: s, dilation: d, groups, padding } = attributes;
  const [N, , ...P] = V.shape;
  const [O, C, ...R] = K.shape;
  const M = O / groups;
  const a = padding.map(([begin]) => begin);

  const Z = tensor([N, groups * C, ...transposedExtents(P, R, attributes)], ([n, l, ...z]) => {
    const [g, c] = [Math.floor(l / C), l % C];
    const terms: T[] = b ? [b.at(l)] : [];
    for (const [m, ...k] of indices(M, ...R)) {
      const p = z.map((_, i) => (z[i] + a[i] - k[i] * d[i]) / s[i]);
      const v = [n, g * M + m, ...p];
      if (p.every(Number.isInteger) && has(V.shape, v)) terms.push(x.multiply(V.at(...v), K.at(g * M + m, c, ...k)));
    }
    return sum(x, terms);
  });
  return { Z };
};
