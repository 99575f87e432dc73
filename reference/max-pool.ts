import { type PoolAttributes, resolveWindow } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Choices, larger } from "./choices.ts";
import { windowElements } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** POOL-2   Z[n,c,p] = max_k V[n, c, p·s + k·d − a]; −∞ where no element is in the window */
export const maxPool = <T>(
  x: Arithmetic<T>,
  { V }: { readonly V: TensorOf<T> },
  attributes: PoolAttributes,
  choices: Choices,
) => {
  const [N, C, ...X] = V.shape;
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);

  const Z = tensor([N, C, ...P], ([n, c, ...p]) => {
    const [first, ...rest] = windowElements(V, n, c, p, a, attributes);
    if (first === undefined) return x.embed(Number.NEGATIVE_INFINITY, { tensor: "", offset: 0 });
    return rest.reduce((largest, element) => larger(x, largest, element, choices), first);
  });
  return { Z };
};
