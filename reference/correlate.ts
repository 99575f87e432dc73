import { type CorrelateAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { has, indices, type TensorOf, tensor } from "./tensor.ts";

/** The inputs of cross-correlation and convolution: V [N, C, …X], K [O, C/groups, …R] and perhaps b [O]. */
export interface KernelInputs<T> {
  readonly V: TensorOf<T>;
  readonly K: TensorOf<T>;
  readonly b?: TensorOf<T>;
}

/** CORR-3…9   Z[n,o,p] = b[o] + Σ_{c,k} V[n, g(o)·C + c, p·s + k·d − a] · K[o,c,k] */
export const correlate = <T>(x: Arithmetic<T>, { V, K, b }: KernelInputs<T>, attributes: CorrelateAttributes) => {
  const { stride: s, dilation: d, groups } = attributes;
  const [O, C, ...R] = K.shape;
  const { begin: a, extents: P } = resolveWindow(V.shape.slice(2), R, attributes);
  const g = (o: number) => Math.floor(o / (O / groups));

  const Z = tensor([V.shape[0], O, ...P], ([n, o, ...p]) => {
    const terms: T[] = b ? [b.at(o)] : [];
    for (const [c, ...k] of indices(C, ...R)) {
      const v = [n, g(o) * C + c, ...p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i])];
      if (has(V.shape, v)) terms.push(x.multiply(V.at(...v), K.at(o, c, ...k)));
    }
    return sum(x, terms);
  });
  return { Z };
};
