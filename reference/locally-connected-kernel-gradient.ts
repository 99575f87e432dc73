import { type LocallyConnectedKernelGradientAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import type { KernelGradientInputs } from "./correlate-kernel-gradient.ts";
import { has, type TensorOf, tensor } from "./tensor.ts";

/** GRAD-41   dW[o,p,c,k] = Σ_n G[n,o,p] · V[n, c, p·s + k·d − a] */
export const locallyConnectedKernelGradient = <T>(
  x: Arithmetic<T>,
  { G, V }: KernelGradientInputs<T>,
  attributes: LocallyConnectedKernelGradientAttributes,
): { readonly dW: TensorOf<T> } => {
  const { stride: s, dilation: d, kernel: R } = attributes;
  const [N, O, ...P] = G.shape;
  const [, C, ...X] = V.shape;
  const { begin: a } = resolveWindow(X, R, attributes);

  const dW = tensor([O, ...P, C, ...R], ([o, ...index]) => {
    const [p, c, k] = [index.slice(0, P.length), index[P.length], index.slice(P.length + 1)];
    const v = p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i]);
    if (!has(X, v)) return x.zero;
    return sum(
      x,
      Array.from({ length: N }, (_, n) => x.multiply(G.at(n, o, ...p), V.at(n, c, ...v))),
    );
  });
  return { dW };
};
