import { type InputGradientAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { has, indices, type TensorOf, tensor } from "./tensor.ts";

/** The inputs of the input gradients: G [N, O, …P], the gradient from above, and K [O, C/groups, …R], the kernel. */
export interface InputGradientInputs<T> {
  readonly G: TensorOf<T>;
  readonly K: TensorOf<T>;
}

/** GRAD-6   dV[n, g·C + c, x] = Σ_{m,k} G[n, g·M + m, (x + a − k·d)/s] · K[g·M + m, c, k]; a fraction is no index */
export const correlateInputGradient = <T>(
  x: Arithmetic<T>,
  { G, K }: InputGradientInputs<T>,
  attributes: InputGradientAttributes,
) => {
  const { stride: s, dilation: d, groups, input: X } = attributes;
  const [O, C, ...R] = K.shape;
  const M = O / groups;
  const { begin: a } = resolveWindow(X, R, attributes);

  const dV = tensor([G.shape[0], groups * C, ...X], ([n, l, ...v]) => {
    const [g, c] = [Math.floor(l / C), l % C];
    const terms: T[] = [];
    for (const [m, ...k] of indices(M, ...R)) {
      const p = v.map((_, i) => (v[i] + a[i] - k[i] * d[i]) / s[i]);
      const z = [n, g * M + m, ...p];
      if (p.every(Number.isInteger) && has(G.shape, z)) terms.push(x.multiply(G.at(...z), K.at(g * M + m, c, ...k)));
    }
    return sum(x, terms);
  });
  return { dV };
};
