import { decode, encode, has, indices, offsetOf } from "../../../reference/index.ts";
import {
  type Backend,
  type CorrelateAttributes,
  check,
  convolve,
  correlate,
  type InputsOf,
  resolveWindow,
} from "../../../spec/index.ts";
import type { Sum } from "./sums.ts";

/** Gathers each window into a row, as im2col does, and adds it up in a way of its own. */
function gathered({ V, K, b }: InputsOf<"correlate">, attributes: CorrelateAttributes, flipped: boolean, sum: Sum) {
  const { stride: s, dilation: d, groups } = attributes;
  const [values, weights] = [decode(V), decode(K)];
  const [O, C, ...R] = K.shape;
  const { begin: a, extents: P } = resolveWindow(V.shape.slice(2), R, attributes);
  const shape = [V.shape[0], O, ...P];
  const element = ([n, o, ...p]: readonly number[]): number => {
    const [v, w]: [number[], number[]] = [[], []];
    const first = Math.floor(o / (O / groups)) * C;
    for (const [c, ...k] of indices(C, ...R)) {
      const x = [n, first + c, ...p.map((_, i) => p[i] * s[i] + k[i] * d[i] - a[i])];
      if (!has(V.shape, x)) continue;
      v.push(values[offsetOf(V.shape, x)]);
      w.push(weights[offsetOf(K.shape, [o, c, ...(flipped ? k.map((tap, i) => R[i] - 1 - tap) : k)])]);
    }
    return sum(b ? decode(b)[o] : 0, v, w);
  };
  return { Z: encode("f32", shape, Array.from(indices(...shape), element)) };
}

/** A correct backend whose sums are made in one particular way. */
export const direct = (name: string, sum: Sum): Backend => ({
  name,
  dtypes: ["f32"],
  operators: {
    correlate: (inputs, attributes) => {
      check(correlate, { inputs, attributes });
      return gathered(inputs, attributes, false, sum);
    },
    convolve: (inputs, attributes) => {
      check(convolve, { inputs, attributes });
      return gathered(inputs, attributes, true, sum);
    },
  },
});
