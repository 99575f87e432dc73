import { type Arithmetic, sum } from "./arithmetic.ts";
import { indices, type TensorOf, tensor } from "./tensor.ts";

/** The powers of a root of one on each axis: the k-th power of one of order P, where P is the extent. */
export type Roots<T> = (axis: number, k: number) => T;

/** FAST-1   F[k] = Σ_a I[a] · Π_i ω_i^(a_i·k_i), ω_i a root of one whose order is the extent of axis i */
export const fourier = <T>(x: Arithmetic<T>, I: TensorOf<T>, ω: Roots<T>): TensorOf<T> =>
  tensor(I.shape, (k) =>
    sum(
      x,
      Array.from(indices(...I.shape), (a) =>
        a.reduce((term, _, i) => x.multiply(term, ω(i, (a[i] * k[i]) % I.shape[i])), I.at(...a)),
      ),
    ),
  );

/** FAST-1   I[a] = 1/Π_i P_i · Σ_k F[k] · Π_i ω_i^(−a_i·k_i) */
export const inverseFourier = <T>(x: Arithmetic<T>, F: TensorOf<T>, ω: Roots<T>): TensorOf<T> => {
  const I = fourier(x, F, (axis, k) => ω(axis, (F.shape[axis] - k) % F.shape[axis]));
  const P = F.shape.reduce((product, extent) => product * extent, 1);
  return tensor(F.shape, (a) => x.scale(I.at(...a), 1, P));
};

/**
 * FAST-4   The transform of P = 2^q values by halves: F[k] = E[k] + ω^k · O[k], with E and O the transforms of the
 * values at even and at odd places, which repeat after P/2.
 */
export function fastFourier<T>(x: Arithmetic<T>, I: readonly T[], ω: (k: number) => T): readonly T[] {
  if (I.length === 1) return I;
  const half = I.length / 2;
  const [E, O] = [0, 1].map((first) => {
    const values = I.filter((_, at) => at % 2 === first);
    return fastFourier(x, values, (k) => ω(2 * k));
  });
  return I.map((_, k) => x.add(E[k % half], x.multiply(ω(k), O[k % half])));
}
