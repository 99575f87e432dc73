import { type KernelGradientAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { has, indices, type TensorOf, tensor } from "./tensor.ts";

/** The inputs of the kernel gradients: G [N, O, …P], the gradient from above, and V [N, C, …X], the forward input. */
export interface KernelGradientInputs<T> {
  readonly G: TensorOf<T>;
  readonly V: TensorOf<T>;
}

/** GRAD-3   dK[o,c,k] = Σ_{n,p} G[n,o,p] · V[n, g(o)·C + c, p·s + k·d − a] */
export const correlateKernelGradient = <T>(
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
      const v = [n, g(o) * C + c, ...k.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i])];
      if (has(V.shape, v)) terms.push(x.multiply(G.at(n, o, ...p), V.at(...v)));
    }
    return sum(x, terms);
  });
  return { dK };
};
