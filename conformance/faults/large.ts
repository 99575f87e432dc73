import { decode, encode, type StoredInputs } from "../../reference/index.ts";
import { type OperatorName, resolveWindow, type Shape, type Tensor } from "../../spec/index.ts";
import { type Change, type Fault, fault } from "./fault.ts";
import { slideWith } from "./kernels/slide.ts";
import { poolWith, type Source, sliding } from "./kernels/windows.ts";

type Kernel = "correlate" | "convolve";
type Pool = "max-pool" | "average-pool";
type Attributes<N extends Kernel | Pool> = Parameters<Change<N>>[2];

/** Where an output element stands: sample n, channel o, window p, and its place in row-major order. */
interface Place {
  readonly n: number;
  readonly o: number;
  readonly p: number;
  readonly at: number;
  readonly groups: number;
}

/** A limit that is met in one step of the loops; a step that is not there is done right. */
interface Limit {
  readonly name: string;
  readonly title: string;
  readonly models?: string;
  readonly smallest: string;
  /** The name of the check of large calls. */
  readonly caughtBy: string;
  /** Whether an element is computed; it stays 0 where not. */
  computes?(place: Place): boolean;
  /** Where an element is written. */
  place?(at: number): number;
  /** How many products a sum goes over. */
  terms?(all: number): number;
  /** The coordinate at which the input is read. */
  source?: Source;
}

/** A number as half precision holds it, from 2^11 on. */
const inHalf = (x: number): number => (x > 2048 ? x & ~1 : x);

const limits: readonly Limit[] = [
  {
    name: "samples-past-65535",
    title: "only as many samples are computed as one axis of a dispatch holds, 65,535",
    models: "tensorflow/tensorflow#9870",
    smallest: "N = 65,536",
    caughtBy: "many-samples",
    computes: ({ n }) => n < 65_535,
  },
  {
    name: "columns-past-65535",
    title: "only as many elements of a row are computed as one axis of a dispatch holds",
    models: "tensorflow/tensorflow#9870",
    smallest: "a row of 65,536 results",
    caughtBy: "long-row",
    computes: ({ p }) => p < 65_535,
  },
  {
    name: "coordinates-in-half",
    title: "coordinates past 2,048 are computed in half precision",
    models: "microsoft/onnxruntime#28976",
    smallest: "extent 2,050",
    caughtBy: "past-2048",
    source: (p, s, k, d, a) => inHalf(p * s + k * d - a),
  },
  {
    name: "places-in-single",
    title: "places past 2^24 are computed in single precision",
    smallest: "2^24 + 2 results",
    caughtBy: "past-2-24",
    place: Math.fround,
  },
];

const kernelLimits: readonly Limit[] = [
  ...limits,
  {
    name: "groups-past-65535",
    title: "with as many groups as channels, only 65,535 are computed",
    smallest: "groups = 65,536",
    caughtBy: "many-channels",
    computes: ({ o, groups }) => groups === 1 || o < 65_535,
  },
  {
    name: "kernels-past-65535",
    title: "only as many kernels are applied as one axis of a dispatch holds",
    models: "tensorflow/tensorflow#9870",
    smallest: "O = 65,536",
    caughtBy: "many-kernels",
    computes: ({ o }) => o < 65_535,
  },
  {
    name: "terms-past-8192",
    title: "products past the 8,192nd of a sum are dropped",
    smallest: "a sum of 8,193 products",
    caughtBy: "long-sum",
    terms: (all) => Math.min(all, 8192),
  },
];

/** Whether a call is so large that the naive kernel takes long; of one spatial axis, in single precision. */
const isLarge = ({ V, K }: StoredInputs): boolean =>
  [V, K].some((tensor) => tensor?.shape.length === 3 && tensor.dtype === "f32" && Math.max(...tensor.shape) > 2048);

/** Whether a coordinate may lie past what half precision holds. */
const isWide = ({ V }: StoredInputs): boolean => (V?.shape ?? []).slice(2).some((extent) => extent > 2048);

/** Loops over the elements of a result of one spatial axis, as plain as they can be: millions of them in a second. */
function loops(
  [N, O, P]: Shape,
  groups: number,
  { computes, place }: Limit,
  element: (n: number, o: number, p: number) => number,
) {
  const Z = new Float32Array(N * O * P);
  let at = 0;
  for (let n = 0; n < N; n++)
    for (let o = 0; o < O; o++)
      for (let p = 0; p < P; p++, at++)
        if (computes === undefined || computes({ n, o, p, at, groups })) Z[place?.(at) ?? at] = element(n, o, p);
  return { Z: encode("f32", [N, O, P], Z) };
}

const slid =
  (operator: Kernel, limit: Limit): Change<Kernel> =>
  (run, inputs, attributes) => {
    if (!isLarge(inputs)) {
      const right = run(inputs, attributes);
      return limit.source && isWide(inputs) ? slideWith(flipped(operator, limit.source), inputs, attributes) : right;
    }
    const [V, K, b] = [inputs.V as Tensor, inputs.K as Tensor, inputs.b && decode(inputs.b)];
    const { begin, extents } = resolveWindow(V.shape.slice(2), K.shape.slice(2), attributes);
    const [[N, , X], [O, C, R], [a], [P]] = [V.shape, K.shape, begin, extents];
    const [[s], [d], { groups }] = [attributes.stride, attributes.dilation, attributes];
    const [values, weights] = [decode(V), decode(K)];
    const terms = limit.terms?.(C * R) ?? C * R;
    return loops([N, O, P], groups, limit, (n, o, p) => {
      const first = Math.floor(o / (O / groups)) * C;
      let sum = b?.[o] ?? 0;
      for (let i = 0; i < terms; i++) {
        const [c, k] = [Math.floor(i / R), i % R];
        const x = p * s + k * d - a;
        if (x < 0 || x >= X) continue;
        const w = weights[(o * C + c) * R + (operator === "convolve" ? R - 1 - k : k)];
        sum += values[(n * C * groups + first + c) * X + x] * w;
      }
      return sum;
    });
  };

const flipped = (operator: Kernel, source: Source) => ({
  source,
  ...(operator === "convolve"
    ? { tap: (k: readonly number[], R: readonly number[]) => k.map((tap, axis) => R[axis] - 1 - tap) }
    : {}),
});

const reductions = {
  "max-pool": (values: readonly number[]) => Math.max(...values),
  "average-pool": (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length,
};

const pooled =
  (operator: Pool, limit: Limit): Change<Pool> =>
  (run, inputs, attributes: Attributes<Pool>) => {
    const reduce = reductions[operator];
    const V = inputs.V as Tensor;
    if (!isLarge(inputs)) {
      const right = run(inputs, attributes);
      return limit.source && isWide(inputs)
        ? poolWith(inputs, sliding(V.shape.slice(2), attributes, limit.source), ({ inside }) => reduce(inside))
        : right;
    }
    const { begin, extents } = resolveWindow(V.shape.slice(2), attributes.window, attributes);
    const [[N, C, X], [R], [a], [P]] = [V.shape, attributes.window, begin, extents];
    const [[s], [d], values] = [attributes.stride, attributes.dilation, decode(V)];
    return loops([N, C, P], 1, limit, (n, c, p) => {
      const inside: number[] = [];
      for (let k = 0; k < R; k++) {
        const x = p * s + k * d - a;
        if (x >= 0 && x < X) inside.push(values[(n * C + c) * X + x]);
      }
      return reduce(inside);
    });
  };

const planted = <N extends OperatorName>(operator: N, limit: Limit, change: Change<N>): Fault<N> => {
  const { name, title, models, smallest, caughtBy } = limit;
  return fault<N>(operator, name, { title, models, smallest, caughtBy: `${operator}/size/${caughtBy}`, change });
};

/** Faults that only calls past a limit show: of a dispatch, an index, an accumulator. */
export const largeFaults: readonly Fault[] = [
  ...(["correlate", "convolve"] as const).flatMap((operator) =>
    kernelLimits.map((limit) => planted(operator, limit, slid(operator, limit))),
  ),
  ...(["max-pool", "average-pool"] as const).flatMap((operator) =>
    limits.map((limit) => planted(operator, limit, pooled(operator, limit))),
  ),
] as unknown as readonly Fault[];
