import type { AdaptiveAttributes } from "../spec/index.ts";
import { adaptiveCells } from "./adaptive-window.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Choices, larger } from "./choices.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** POOL-8   Z[n,c,p] = max_{v in window p} V[n,c,v] */
export const adaptiveMaxPool = <T>(
  x: Arithmetic<T>,
  { V }: { readonly V: TensorOf<T> },
  { grid: P }: AdaptiveAttributes,
  choices: Choices,
) => {
  const [N, C, ...X] = V.shape;

  const Z = tensor([N, C, ...P], ([n, c, ...p]) =>
    adaptiveCells(X, P, p)
      .map((v) => V.at(n, c, ...v))
      .reduce((largest, element) => larger(x, largest, element, choices)),
  );
  return { Z };
};
