import { decode, encode } from "../../../reference/index.ts";
import { type Backend, check, correlate, resolveWindow, UnsupportedError } from "../../../spec/index.ts";

const { fround } = Math;

/** F(2, 3): two outputs of a three-tap correlation from four products, every operation in single precision. */
function tile(v: readonly number[], w: readonly number[]): readonly [number, number] {
  const sum = fround(w[0] + w[2]);
  const G = [w[0], fround(fround(sum + w[1]) / 2), fround(fround(sum - w[1]) / 2), w[2]];
  const m = [
    fround(fround(v[0] - v[2]) * G[0]),
    fround(fround(v[1] + v[2]) * G[1]),
    fround(fround(v[2] - v[1]) * G[2]),
    fround(fround(v[1] - v[3]) * G[3]),
  ];
  return [fround(fround(m[0] + m[1]) + m[2]), fround(fround(m[1] - m[2]) - m[3])];
}

/** Cross-correlation with three taps on one axis by Winograd's minimal filtering; other calls are unsupported. */
const winograd: Backend = {
  name: "winograd",
  declares: { algorithm: "transform" },
  operators: {
    correlate: ({ V, K, b }, attributes) => {
      check(correlate, { inputs: { V, K, b }, attributes });
      const { stride, dilation, groups } = attributes;
      const finite = [V, K].every((tensor) => Array.from(decode(tensor)).every(Number.isFinite));
      if (K.shape.length !== 3 || K.shape[2] !== 3 || stride[0] * dilation[0] * groups !== 1 || !finite)
        throw new UnsupportedError("three taps on one axis, unit stride and dilation, one group, finite data");
      const [N, C, X] = V.shape;
      const [O] = K.shape;
      const { begin, extents } = resolveWindow([X], [3], attributes);
      const [values, weights] = [decode(V), decode(K)];
      const read = (n: number, c: number, x: number): number => (x >= 0 && x < X ? values[(n * C + c) * X + x] : 0);
      const Z = new Float32Array(N * O * extents[0]);
      for (let n = 0; n < N; n++) {
        for (let o = 0; o < O; o++) {
          for (let p = 0; p < extents[0]; p += 2) {
            const sums = [0, 0];
            for (let c = 0; c < C; c++) {
              const v = [0, 1, 2, 3].map((k) => read(n, c, p + k - begin[0]));
              const w = [0, 1, 2].map((k) => weights[(o * C + c) * 3 + k]);
              for (const [at, value] of tile(v, w).entries()) sums[at] = fround(sums[at] + value);
            }
            for (const at of [0, 1])
              if (p + at < extents[0]) Z[(n * O + o) * extents[0] + p + at] = fround(sums[at] + (b ? decode(b)[o] : 0));
          }
        }
      }
      return { Z: encode("f32", [N, O, extents[0]], Z) };
    },
  },
};

export default winograd;
