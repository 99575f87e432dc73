import { joined as c } from "./complex.ts";
import { type Code, countDown, f64x2, i32, type KernelFunction, v128 } from "./encode.ts";

const conjugate = (value: Code): Code => f64x2.multiply(value, f64x2.constants([1, -1]));

/**
 * Between the transform Z of N/2 complex numbers x[2n] + i·x[2n+1] and X, the lower half of that of the N real ones:
 * with E = Z[k] + conj Z[N/2−k] and D = Z[k] − conj Z[N/2−k],
 *   2·X[k] = E − i·w^k·D,  2·X[N/2−k] = conj(E + i·w^k·D),  w = e^(−2πi/N)
 * and back the same with i·conj(w^k) for −i·w^k. `pairs` lists the byte offsets of k and of N/2 − k, and then c, s of w^k.
 * Without the factor ½: forward it is taken with the first sum, backward it makes the result N times the signal.
 */
export function halves(backward: boolean, name: string): KernelFunction {
  const [row, pairs, count] = [0, 1, 2];
  const [first, second] = [3, 4];
  const [z, mirrored, sum, difference, turned, cosine, sine] = [5, 6, 7, 8, 9, 10, 11];
  const { get, set } = v128;
  const half = (value: Code): Code => (backward ? value : f64x2.multiply(value, f64x2.constant(0.5)));
  return {
    name,
    parameters: ["i32", "i32", "i32"],
    integers: 2,
    vectors: 7,
    body: countDown(count, [
      ...i32.set(first, i32.add(i32.get(row), i32.load(i32.get(pairs), 0))),
      ...i32.set(second, i32.add(i32.get(row), i32.load(i32.get(pairs), 4))),
      ...set(cosine, f64x2.splat(i32.get(pairs), 8)),
      ...set(sine, f64x2.splat(i32.get(pairs), 16)),
      ...set(z, half(v128.load(i32.get(first), 0))),
      ...set(mirrored, half(conjugate(v128.load(i32.get(second), 0)))),
      ...set(sum, f64x2.add(get(z), get(mirrored))),
      ...set(difference, f64x2.sub(get(z), get(mirrored))),
      ...c.turn([turned], [difference], cosine, sine, backward),
      ...c.addTurned([z], [sum], [turned], backward ? 1 : -1),
      ...c.addTurned([mirrored], [sum], [turned], backward ? -1 : 1),
      ...v128.store(i32.get(first), get(z), 0),
      ...v128.store(i32.get(second), conjugate(get(mirrored)), 0),
      ...i32.set(pairs, i32.add(i32.get(pairs), i32.const(24))),
    ]),
  };
}
