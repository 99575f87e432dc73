import type { OperatorName, Tensor } from "../../spec/index.ts";
import type { Cell, Sliding } from "./cell.ts";
import type { Element, Formula } from "./expected.ts";

/** Adds up a sum in f64, with the magnitude and the number of its terms. */
class Sum {
  value = 0;
  bound = 0;
  terms = 0;
  add(term: number): void {
    this.value += term;
    this.bound += Math.abs(term);
    this.terms += 1;
  }
}

/** Every tensor over two spatial axes: one axis is an image of one row. */
const image = ({ shape, data }: Tensor) => {
  const [N, C, H, W] = shape.length === 3 ? [shape[0], shape[1], 1, shape[2]] : shape;
  return { N, C, H, W, at: (n: number, c: number, y: number, x: number) => data[((n * C + c) * H + y) * W + x] };
};

const position = (at: readonly number[]): readonly number[] => (at.length === 3 ? [at[0], at[1], 0, at[2]] : at);

const lift = (perAxis: readonly number[], value: number): readonly number[] =>
  perAxis.length === 1 ? [value, perAxis[0]] : perAxis;

const slidingOf = ({ sliding, layer }: Cell) => {
  if (!sliding) throw new Error(`${layer} has no window`);
  const { stride, dilation, begin, window, groups }: Sliding = sliding;
  const [s, d, pad, R] = [lift(stride, 1), lift(dilation, 1), lift(begin, 0), lift(window, 1)];
  return { s, d, pad, R, groups };
};

const correlate: Formula = (inputs, cell) => {
  const [V, K] = [image(inputs.V), image(inputs.K)];
  const { s, d, pad, R, groups } = slidingOf(cell);
  const perGroup = K.N / groups;
  return (index) => {
    const [n, o, p, q] = position(index);
    const first = Math.floor(o / perGroup) * K.C;
    const sum = new Sum();
    for (let c = 0; c < K.C; c++)
      for (let k = 0; k < R[0]; k++) {
        const y = p * s[0] + k * d[0] - pad[0];
        if (y < 0 || y >= V.H) continue;
        for (let l = 0; l < R[1]; l++) {
          const x = q * s[1] + l * d[1] - pad[1];
          if (x >= 0 && x < V.W) sum.add(V.at(n, first + c, y, x) * K.at(o, c, k, l));
        }
      }
    return sum;
  };
};

const inputGradient: Formula = (inputs, cell) => {
  const [G, K] = [image(inputs.G), image(inputs.K)];
  const { s, d, pad, R, groups } = slidingOf(cell);
  const perGroup = K.N / groups;
  return (index) => {
    const [n, c, y, x] = position(index);
    const group = Math.floor(c / K.C);
    const sum = new Sum();
    for (let o = group * perGroup; o < (group + 1) * perGroup; o++)
      for (let k = 0; k < R[0]; k++) {
        const p = (y + pad[0] - k * d[0]) / s[0];
        if (!Number.isInteger(p) || p < 0 || p >= G.H) continue;
        for (let l = 0; l < R[1]; l++) {
          const q = (x + pad[1] - l * d[1]) / s[1];
          if (Number.isInteger(q) && q >= 0 && q < G.W) sum.add(G.at(n, o, p, q) * K.at(o, c % K.C, k, l));
        }
      }
    return sum;
  };
};

const kernelGradient: Formula = (inputs, cell) => {
  const [G, V] = [image(inputs.G), image(inputs.V)];
  const { s, d, pad, groups } = slidingOf(cell);
  const [perGroup, C] = [G.C / groups, V.C / groups];
  return (index) => {
    const [o, c, k, l] = position(index);
    const channel = Math.floor(o / perGroup) * C + c;
    const sum = new Sum();
    for (let n = 0; n < G.N; n++)
      for (let p = 0; p < G.H; p++) {
        const y = p * s[0] + k * d[0] - pad[0];
        if (y < 0 || y >= V.H) continue;
        for (let q = 0; q < G.W; q++) {
          const x = q * s[1] + l * d[1] - pad[1];
          if (x >= 0 && x < V.W) sum.add(G.at(n, o, p, q) * V.at(n, channel, y, x));
        }
      }
    return sum;
  };
};

/** Σ over one index of the products of two matrices, whose rows and columns a formula picks. */
const products =
  (a: string, b: string, terms: (A: Tensor, B: Tensor) => number, pick: Pair): Formula =>
  (inputs) => {
    const [A, B] = [inputs[a], inputs[b]];
    const count = terms(A, B);
    return ([row, column]) => {
      const sum = new Sum();
      for (let at = 0; at < count; at++) {
        const [i, j] = pick(row, column, at, A.shape[1], B.shape[1]);
        sum.add(A.data[i] * B.data[j]);
      }
      return sum;
    };
  };
type Pair = (row: number, column: number, at: number, widthA: number, widthB: number) => readonly [number, number];

/** The cells of a window over V that are in the image: their values, in order. */
const window = (inputs: Readonly<Record<string, Tensor>>, cell: Cell) => {
  const V = image(inputs.V);
  const { s, d, pad, R } = slidingOf(cell);
  return ([n, c, p, q]: readonly number[]): { y: number; x: number; value: number }[] => {
    const found: { y: number; x: number; value: number }[] = [];
    for (let k = 0; k < R[0]; k++)
      for (let l = 0; l < R[1]; l++) {
        const [y, x] = [p * s[0] + k * d[0] - pad[0], q * s[1] + l * d[1] - pad[1]];
        if (y >= 0 && y < V.H && x >= 0 && x < V.W) found.push({ y, x, value: V.at(n, c, y, x) });
      }
    return found;
  };
};

const exactly = (value: number): Element => ({ value, bound: Math.abs(value), terms: 1 });

const maxPool: Formula = (inputs, cell) => {
  const cells = window(inputs, cell);
  return (at) => exactly(Math.max(...cells(at).map(({ value }) => value)));
};

const averagePool: Formula = (inputs, cell) => {
  const cells = window(inputs, cell);
  return (at) => {
    const values = cells(at).map(({ value }) => value);
    const sum = new Sum();
    for (const value of values) sum.add(value / values.length);
    return sum;
  };
};

/** The windows that an input element is in, where they do not overlap: at most one. */
const windowOf = (cell: Cell, G: Tensor) => {
  const { s, R } = slidingOf(cell);
  const [, , P, Q] = G.shape;
  return (y: number, x: number): readonly [number, number] | undefined => {
    const [p, q] = [Math.floor(y / s[0]), Math.floor(x / s[1])];
    const inside = p < P && q < Q && y - p * s[0] < R[0] && x - q * s[1] < R[1];
    return inside ? [p, q] : undefined;
  };
};

const maxPoolGradient: Formula = (inputs, cell) => {
  const [cells, G, owner] = [window(inputs, cell), image(inputs.G), windowOf(cell, inputs.G)];
  return ([n, c, y, x]) => {
    const at = owner(y, x);
    if (!at) return exactly(0);
    const [p, q] = at;
    const [winner] = cells([n, c, p, q]).sort((a, b) => b.value - a.value);
    return exactly(winner.y === y && winner.x === x ? G.at(n, c, p, q) : 0);
  };
};

const averagePoolGradient: Formula = (inputs, cell) => {
  const [G, owner, { R }] = [image(inputs.G), windowOf(cell, inputs.G), slidingOf(cell)];
  return ([n, c, y, x]) => {
    const at = owner(y, x);
    return exactly(at ? G.at(n, c, ...(at as [number, number])) / (R[0] * R[1]) : 0);
  };
};

const statisticsOf = (x: Tensor) => {
  const [N, C, ...X] = x.shape;
  const cells = X.reduce((product, n) => product * n, 1);
  const over = (c: number, value: (at: number) => number): number => {
    let sum = 0;
    for (let n = 0; n < N; n++) for (let at = 0; at < cells; at++) sum += value((n * C + c) * cells + at);
    return sum;
  };
  const count = N * cells;
  const channels = Array.from({ length: C }, (_, c) => {
    const mean = over(c, (at) => x.data[at]) / count;
    return { mean, variance: over(c, (at) => (x.data[at] - mean) ** 2) / count };
  });
  return { count, over, channels };
};

const flat = (shape: readonly number[], at: readonly number[]): number =>
  at.reduce((position, index, axis) => position * shape[axis] + index, 0);

const epsilonOf = (cell: Cell): number => (cell.attributes as { epsilon: number }).epsilon;

/** gamma·(x − mean)/√(variance + ε) + beta, the terms of the statistics counted. */
const normalised = (x: number, mean: number, variance: number, gamma: number, beta: number, terms: number): Element => {
  const scale = gamma / Math.sqrt(variance);
  return {
    value: (x - mean) * scale + beta,
    bound: (Math.abs(x) + Math.abs(mean)) * Math.abs(scale) + Math.abs(beta),
    terms,
  };
};

const batchNormInference: Formula = ({ x, mean, variance, gamma, beta }, cell) => {
  const epsilon = epsilonOf(cell);
  return (at) => {
    const c = at[1];
    const value = x.data[flat(x.shape, at)];
    return normalised(value, mean.data[c], variance.data[c] + epsilon, gamma.data[c], beta.data[c], 8);
  };
};

const batchNorm: Formula = ({ x, gamma, beta }, cell) => {
  const { count, channels } = statisticsOf(x);
  return (at) => {
    const c = at[1];
    const { mean, variance } = channels[c];
    const value = x.data[flat(x.shape, at)];
    return normalised(value, mean, variance + epsilonOf(cell), gamma.data[c], beta.data[c], count);
  };
};

/** dx = gamma/σ · (G − mean(G) − x̂·mean(G·x̂)). */
const batchNormGradient: Formula = ({ x, gamma, G }, cell) => {
  const { count, over, channels } = statisticsOf(x);
  const sums = channels.map(({ mean, variance }, c) => {
    const deviation = Math.sqrt(variance + epsilonOf(cell));
    const hat = (at: number): number => (x.data[at] - mean) / deviation;
    return {
      ...{ deviation, hat, meanG: over(c, (at) => G.data[at]) / count },
      meanGx: over(c, (at) => G.data[at] * hat(at)) / count,
    };
  });
  return (index) => {
    const at = flat(x.shape, index);
    const { deviation, hat, meanG, meanGx } = sums[index[1]];
    const scale = gamma.data[index[1]] / deviation;
    const [g, projected] = [G.data[at], hat(at) * meanGx];
    const bound = Math.abs(scale) * (Math.abs(g) + Math.abs(meanG) + Math.abs(projected));
    return { value: scale * (g - meanG - projected), bound, terms: count };
  };
};

const elementwise =
  (of: (inputs: Readonly<Record<string, Tensor>>, at: number) => number): Formula =>
  (inputs, cell) =>
  (at) =>
    exactly(of(inputs, flat(cell.output.shape, at)));

/** Each operator's formula for one output element, in f64, written for the tensors of the benchmark. */
export const formulas: { readonly [N in OperatorName]?: Formula } = {
  correlate,
  "correlate-input-gradient": inputGradient,
  "correlate-kernel-gradient": kernelGradient,
  dense: products(
    "x",
    "W",
    (x) => x.shape[1],
    (n, o, i, width) => [n * width + i, o * width + i],
  ),
  "dense-input-gradient": products(
    "G",
    "W",
    (G) => G.shape[1],
    (n, i, o, widthG, widthW) => [n * widthG + o, o * widthW + i],
  ),
  "dense-weight-gradient": products(
    "G",
    "x",
    (G) => G.shape[0],
    (o, i, n, widthG, widthX) => [n * widthG + o, n * widthX + i],
  ),
  "max-pool": maxPool,
  "average-pool": averagePool,
  "max-pool-gradient": maxPoolGradient,
  "average-pool-gradient": averagePoolGradient,
  relu: elementwise(({ V }, at) => Math.max(V.data[at], 0)),
  "relu-gradient": elementwise(({ V, G }, at) => (V.data[at] > 0 ? G.data[at] : 0)),
  "batch-norm-inference": batchNormInference,
  "batch-norm": batchNorm,
  "batch-norm-gradient": batchNormGradient,
};
