import { decode, encode } from "../../../reference/index.ts";
import { type Backend, check, correlate, resolveWindow, type Tensor, UnsupportedError } from "../../../spec/index.ts";

type Complex = readonly [re: Float64Array, im: Float64Array];

const half = (values: Float64Array, from: 0 | 1): Float64Array => values.filter((_, at) => at % 2 === from);

/** The fast Fourier transform of a power of two; sign −1 forward, +1 back and without the factor 1/P. */
function transform([re, im]: Complex, sign: 1 | -1): Complex {
  const P = re.length;
  if (P === 1) return [re, im];
  const [evenRe, evenIm] = transform([half(re, 0), half(im, 0)], sign);
  const [oddRe, oddIm] = transform([half(re, 1), half(im, 1)], sign);
  const [outRe, outIm] = [new Float64Array(P), new Float64Array(P)];
  for (let k = 0; k < P / 2; k++) {
    const angle = (sign * 2 * Math.PI * k) / P;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [tRe, tIm] = [oddRe[k] * cos - oddIm[k] * sin, oddRe[k] * sin + oddIm[k] * cos];
    [outRe[k], outIm[k]] = [evenRe[k] + tRe, evenIm[k] + tIm];
    [outRe[k + P / 2], outIm[k + P / 2]] = [evenRe[k] - tRe, evenIm[k] - tIm];
  }
  return [outRe, outIm];
}

const spectrum = (values: readonly number[], P: number): Complex => {
  const re = new Float64Array(P);
  re.set(values);
  return transform([re, new Float64Array(P)], -1);
};

const row = ({ shape, dtype, data }: Tensor, at: number): number[] => {
  const length = shape[2];
  return Array.from(decode({ shape, dtype, data })).slice(at * length, (at + 1) * length);
};

/** Cross-correlation of one axis through the frequency domain, channels summed there; other calls are unsupported. */
const fourier: Backend = {
  name: "fourier",
  declares: { algorithm: "transform", accumulation: "f64" },
  operators: {
    correlate: ({ V, K, b }, attributes) => {
      check(correlate, { inputs: { V, K, b }, attributes });
      const finite = [V, K].every((tensor) => Array.from(decode(tensor)).every(Number.isFinite));
      if (V.shape.length !== 3 || attributes.groups !== 1 || !finite)
        throw new UnsupportedError("one axis, one group, finite data");
      const [N, C, X] = V.shape;
      const [O, , R] = K.shape;
      const [s, d] = [attributes.stride[0], attributes.dilation[0]];
      const { begin, extents } = resolveWindow([X], [R], attributes);
      const e = (R - 1) * d + 1;
      const P = 2 ** Math.ceil(Math.log2(X + e - 1));
      const shape = [N, O, extents[0]];
      const values: number[] = [];
      for (let n = 0; n < N; n++) {
        for (let o = 0; o < O; o++) {
          const [re, im] = [new Float64Array(P), new Float64Array(P)];
          for (let c = 0; c < C; c++) {
            const spread = new Array<number>(e).fill(0);
            for (const [k, w] of row(K, o * C + c).entries()) spread[e - 1 - k * d] = w;
            const [vRe, vIm] = spectrum(row(V, n * C + c), P);
            const [wRe, wIm] = spectrum(spread, P);
            for (let k = 0; k < P; k++) {
              re[k] += vRe[k] * wRe[k] - vIm[k] * wIm[k];
              im[k] += vRe[k] * wIm[k] + vIm[k] * wRe[k];
            }
          }
          const [full] = transform([re, im], 1);
          for (let p = 0; p < extents[0]; p++) {
            const at = p * s - begin[0] + e - 1;
            const sum = at >= 0 && at < P ? full[at] / P : 0;
            values.push(Math.fround(sum + (b ? decode(b)[o] : 0)));
          }
        }
      }
      return { Z: encode("f32", shape, values) };
    },
  },
};

export default fourier;
