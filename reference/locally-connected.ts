import { resolveWindow, unsharedWeights, type WindowAttributes } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { has, indices, type TensorOf, tensor } from "./tensor.ts";

/** The inputs of a locally connected layer: V [N, C, …X], W [O, …P, C, …R] and perhaps b [O, …P]. */
export interface LocallyConnectedInputs<T> {
  readonly V: TensorOf<T>;
  readonly W: TensorOf<T>;
  readonly b?: TensorOf<T>;
}

/** LOCAL-2   Z[n,o,p] = b[o,p] + Σ_{c,k} V[n, c, p·s + k·d − a] · W[o,p,c,k] */
export const locallyConnected = <T>(
  x: Arithmetic<T>,
  { V, W, b }: LocallyConnectedInputs<T>,
  attributes: WindowAttributes,
) => {
  const { stride: s, dilation: d } = attributes;
  const { O, P, C, R } = unsharedWeights(W.shape);
  const { begin: a } = resolveWindow(V.shape.slice(2), R, attributes);

  const Z = tensor([V.shape[0], O, ...P], ([n, o, ...p]) => {
    const terms: T[] = b ? [b.at(o, ...p)] : [];
    for (const [c, ...k] of indices(C, ...R)) {
      const v = [n, c, ...p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i])];
      if (has(V.shape, v)) terms.push(x.multiply(V.at(...v), W.at(o, ...p, c, ...k)));
    }
    return sum(x, terms);
  });
  return { Z };
};
