import { type PoolAttributes, resolveWindow } from "../spec/index.ts";
import { type Arithmetic, sum } from "./arithmetic.ts";
import { type Tap, windowTaps } from "./pool-window.ts";
import { type TensorOf, tensor } from "./tensor.ts";

/** 4·w: the weight w[k] = 1 / (1 + D/4) as 4 / (4 + D), D = Σ (d·(2k − R + 1))² four times the squared distance from the centre. */
export const weighted = <T>(
  x: Arithmetic<T>,
  value: T,
  k: readonly number[],
  { window: R, dilation: d }: PoolAttributes,
): T => {
  const D = k.reduce((total, _, i) => total + (d[i] * (2 * k[i] - R[i] + 1)) ** 2, 0);
  return x.scale(value, 4, 4 + D);
};

/** Σ w[k] over the elements of a window. */
export const totalWeight = <T>(x: Arithmetic<T>, taps: readonly Tap[], attributes: PoolAttributes): T => {
  const one = x.embed(1, { tensor: "", offset: 0 });
  return sum(
    x,
    taps.map(({ k }) => weighted(x, one, k, attributes)),
  );
};

/** POOL-6   Z[n,c,p] = Σ_k w[k] · V[n, c, p·s + k·d − a] / Σ_k w[k], over the elements of the window */
export const weightedPool = <T>(x: Arithmetic<T>, { V }: { readonly V: TensorOf<T> }, attributes: PoolAttributes) => {
  const [N, C, ...X] = V.shape;
  const { begin: a, extents: P } = resolveWindow(X, attributes.window, attributes);

  const Z = tensor([N, C, ...P], ([n, c, ...p]) => {
    const inside = windowTaps(X, p, a, attributes);
    if (inside.length === 0) return x.embed(Number.NaN, { tensor: "", offset: 0 });
    const total = sum(
      x,
      inside.map(({ k, v }) => weighted(x, V.at(n, c, ...v), k, attributes)),
    );
    return x.divide(total, totalWeight(x, inside, attributes));
  });
  return { Z };
};
