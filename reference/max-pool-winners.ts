import { type PoolAttributes, resolveWindow } from "../spec/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Choices, winnerAmong } from "./choices.ts";
import { windowTaps } from "./pool-window.ts";
import { offsetOf, type TensorOf, tensor } from "./tensor.ts";

/** The place v of the element of V [N, C, …X] that wins each window [N, C, …P]; undefined where it holds none. */
export const winners = <T>(
  x: Arithmetic<T>,
  V: TensorOf<T>,
  P: readonly number[],
  places: (p: readonly number[]) => readonly (readonly number[])[],
  choices: Choices,
): TensorOf<readonly number[] | undefined> => {
  const [N, C] = V.shape;
  return tensor([N, C, ...P], ([n, c, ...p]) => {
    const inside = places(p);
    return inside[
      winnerAmong(
        x,
        inside.map((v) => V.at(n, c, ...v)),
        choices,
      )
    ];
  });
};

/** The winners of the windows of POOL-1. */
export const windowWinners = <T>(x: Arithmetic<T>, V: TensorOf<T>, attributes: PoolAttributes, choices: Choices) => {
  const X = V.shape.slice(2);
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);
  return winners(x, V, P, (p) => windowTaps(X, p, a, attributes).map(({ v }) => v), choices);
};

/** POOL-11   Z[n,c,p] = the row-major place in its plane of the winner of window p; −1 where no element is in the window */
export const maxPoolWinners = <T>(
  x: Arithmetic<T>,
  { V }: { readonly V: TensorOf<T> },
  attributes: PoolAttributes,
  choices: Choices,
) => {
  const X = V.shape.slice(2);
  const W = windowWinners(x, V, attributes, choices);

  const Z = tensor(W.shape, (p) => {
    const v = W.at(...p);
    return x.embed(v === undefined ? -1 : offsetOf(X, v), { tensor: "", offset: 0 });
  });
  return { Z };
};
