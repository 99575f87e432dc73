import { type AveragePoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { paddedCells, windowElements } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** POOL-3   Z[n,c,p] = Σ_k V[n, c, p·s + k·d − a] / D, D the elements of the window, or its cells in the padded input */
export const averagePool = <T>(
  x: Arithmetic<T>,
  { V }: { readonly V: TensorOf<T> },
  attributes: AveragePoolAttributes,
) => {
  const [N, C, ...X] = V.shape;
  const { begin: a, end, extents: P } = resolveWindow(X, attributes.window, attributes);

  const Z = tensor([N, C, ...P], ([n, c, ...p]) => {
    const inside = windowElements(V, n, c, p, a, attributes);
    const D = attributes.divisor === "valid" ? inside.length : paddedCells(X, p, end, a, attributes);
    if (D === 0) return x.embed(Number.NaN, { tensor: "", offset: 0 });
    return x.scale(sum(x, inside), 1, D);
  });
  return { Z };
};
