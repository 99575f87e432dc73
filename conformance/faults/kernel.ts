import { decode, encode, type StoredInputs } from "../../reference/index.ts";
import { type CorrelateAttributes, resolveWindow, type Tensor } from "../../spec/index.ts";
import { type Change, type Fault, type FaultSpec, fault, type Outputs } from "./fault.ts";
import { type Steps, slideWith } from "./kernels/slide.ts";

type Kernel = "correlate" | "convolve";

const spatial = ({ V, K }: StoredInputs) => [(V as Tensor).shape.slice(2), (K as Tensor).shape.slice(2)] as const;

/** Both operators slide the same kernel; convolution meets it backwards. */
const flip = (k: readonly number[], R: readonly number[]) => k.map((tap, axis) => R[axis] - 1 - tap);
const own = (operator: Kernel, steps: Partial<Steps>): Partial<Steps> =>
  operator === "convolve" ? { tap: flip, ...steps } : steps;

/** A change of one step of the loops; bad calls are refused as they should be. */
const step =
  (
    operator: Kernel,
    steps: Partial<Steps>,
    when: (inputs: StoredInputs, a: CorrelateAttributes) => boolean = () => true,
  ): Change<Kernel> =>
  (run, inputs, attributes) => {
    const right = run(inputs, attributes);
    return when(inputs, attributes) ? slideWith(own(operator, steps), inputs, attributes) : right;
  };

/** A change of the attributes. The output keeps the shape that was computed, correctly, elsewhere. */
const attribute =
  (
    operator: Kernel,
    change: (a: CorrelateAttributes, inputs: StoredInputs) => Partial<CorrelateAttributes>,
  ): Change<Kernel> =>
  (run, inputs, attributes) => {
    run(inputs, attributes);
    const { stride, dilation, padding } = { ...attributes, ...change(attributes, inputs) };
    const begin =
      typeof padding === "object"
        ? padding.map(([cells]) => cells)
        : resolveWindow(...spatial(inputs), { ...attributes, padding }).begin;
    const source: Steps["source"] = (p, _s, k, _d, _a, axis) => p * stride[axis] + k * dilation[axis] - begin[axis];
    return slideWith(own(operator, { source }), inputs, attributes);
  };

const last = (values: readonly number[]): number => values[values.length - 1];

const every = (Z: Tensor, change: (value: number, at: number) => number): Outputs => ({
  Z: encode(Z.dtype, Z.shape, Array.from(decode(Z), change)),
});

const faultsOf = (operator: Kernel): Fault<Kernel>[] => {
  const make = (name: string, spec: FaultSpec<Kernel>) => fault<Kernel>(operator, name, spec);
  const exact = (name: string) => `${operator}/exact/${name}`;
  const special = (name: string) => `${operator}/special/${name}`;
  return [
    make("flipped", {
      title:
        operator === "correlate"
          ? "the kernel is flipped: this is convolution"
          : "the kernel is not flipped: this is cross-correlation",
      models: "onnx/onnx#1208",
      smallest: "arange 2×2",
      caughtBy: exact("channels-2d"),
      change: step(operator, { tap: operator === "correlate" ? flip : (k) => k }),
    }),
    make("flipped-last-axis", {
      title: "the kernel is flipped on its last axis only",
      smallest: "2×2, k 2×2",
      caughtBy: exact("channels-2d"),
      change: step(operator, {
        tap: (k, R) =>
          (operator === "correlate" ? k : flip(k, R)).with(
            -1,
            operator === "correlate" ? last(R) - 1 - last(k) : last(k),
          ),
      }),
    }),
    make("stride-swapped", {
      title: "the strides of the axes are exchanged",
      models: "Samsung/ONE#2727, Maratyszcza/NNPACK#16",
      smallest: "5×7, k2, stride 1×2",
      caughtBy: exact("stride-2d"),
      change: attribute(operator, ({ stride }) => ({ stride: stride.toReversed() })),
    }),
    make("dilation-swapped", {
      title: "the dilations of the axes are exchanged",
      models: "tenstorrent/tt-metal#19542, tinygrad/tinygrad#17805",
      smallest: "5×7, k2, dilation 1×2",
      caughtBy: exact("dilation-2d"),
      change: attribute(operator, ({ dilation }) => ({ dilation: dilation.toReversed() })),
    }),
    make("pad-left-from-top", {
      title: "the padding before the last axis is taken from the first",
      models: "microsoft/onnxruntime#28571",
      smallest: "3×4, k2, padding (0,0),(1,1)",
      caughtBy: exact("padding-2d"),
      change: attribute(operator, (a, inputs) => {
        const { begin, end } = resolveWindow(...spatial(inputs), a);
        return {
          padding: begin.map((cells, axis) => [axis === begin.length - 1 ? begin[0] : cells, end[axis]] as const),
        };
      }),
    }),
    make("same-on-the-wrong-side", {
      title: "same padding puts the odd cell on the other side",
      models: "microsoft/onnxruntime#8769, scipy/scipy#1968",
      smallest: "n4, k2",
      caughtBy: exact("same-1d"),
      change: attribute(operator, ({ padding }) =>
        padding === "same" ? { padding: "same-lower" } : padding === "same-lower" ? { padding: "same" } : {},
      ),
    }),
    make("padding-mirrored", {
      title: "the padding before and after the input are exchanged",
      smallest: "n4, k2, padding (1,0)",
      caughtBy: exact("padding-before-1d"),
      change: attribute(operator, (a, inputs) => {
        const { begin, end } = resolveWindow(...spatial(inputs), a);
        return { padding: begin.map((cells, axis) => [end[axis], cells] as const) };
      }),
    }),
    make("padding-ignored", {
      title: "windows begin at the first element, as if there were no padding before it",
      smallest: "n4, k2, padding (1,0)",
      caughtBy: exact("padding-before-1d"),
      change: step(operator, { source: (p, s, k, d) => p * s + k * d }),
    }),
    make("dilation-ignored", {
      title: "dilation is ignored",
      smallest: "n5, k2, dilation 2",
      caughtBy: exact("dilation-1d"),
      change: step(operator, { source: (p, s, k, _, a) => p * s + k - a }),
    }),
    make("dilation-ignored-3x3", {
      title: "the fast path for 3×3 kernels ignores dilation",
      models: "Tencent/ncnn#315, tensorflow/tfjs#6263",
      smallest: "5×5, k3, dilation 2",
      caughtBy: exact("three-by-three-dilated"),
      change: step(
        operator,
        { source: (p, s, k, _, a) => p * s + k - a },
        (inputs) => String(spatial(inputs)[1]) === "3,3",
      ),
    }),
    make("dilation-twice", {
      title: "dilation is applied twice",
      models: "root-project/root#22474",
      smallest: "n7, k2, dilation 2",
      caughtBy: exact("dilation-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + k * d * d - a }),
    }),
    make("stride-on-taps", {
      title: "the stride is applied to the taps, too",
      smallest: "n5, k2, stride 2",
      caughtBy: exact("stride-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + k * d * s - a }),
    }),
    make("stride-from-one", {
      title: "the first window is skipped: subsampling begins at 1",
      smallest: "n5, k2, stride 2",
      caughtBy: exact("stride-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + (s > 1 ? 1 : 0) + k * d - a }),
    }),
    make("one-based", {
      title: "the notes' 1-based indices are read as 0-based",
      smallest: "n3, k2",
      caughtBy: exact("one-channel-1d"),
      change: step(operator, { source: (p, s, k, d, a) => p * s + k * d + 1 - a }),
    }),
    make("clamped-coordinate", {
      title: "a coordinate before the input is clamped to its first element",
      models: "microsoft/onnxruntime#32478",
      smallest: "2×2, k2, padding (1,0),(1,0)",
      caughtBy: exact("padding-before-2d"),
      change: step(operator, { read: (x, n) => (x >= n ? undefined : Math.max(x, 0)) }),
    }),
    make("wraps-around", {
      title: "the result is circular: a coordinate beyond the input wraps around",
      models: "matteospanio/torchfx#90",
      smallest: "[1,2,3,4] with [1,1,1], full",
      caughtBy: exact("full-1d"),
      change: step(operator, { read: (x, n) => ((x % n) + n) % n }),
    }),
    make("reflected-padding", {
      title: "padding mirrors the input instead of being zero",
      smallest: "n3, k2, padding (1,0)",
      caughtBy: exact("padding-1d"),
      change: step(operator, {
        read: (x, n) => (x < 0 ? Math.min(-x, n - 1) : x >= n ? Math.max(2 * n - 2 - x, 0) : x),
      }),
    }),
    make("channels-past-four-dropped", {
      title: "input channels past the last multiple of four are dropped",
      models: "microsoft/onnxruntime#27749",
      smallest: "C5, 1×1",
      caughtBy: exact("pointwise-2d"),
      change: step(operator, { counts: ({ c }, { C }) => C < 4 || c < (C & ~3) }),
    }),
    make("remainder-adds-input", {
      title: "the remainder lane adds the input without its weight",
      models: "microsoft/onnxruntime#27749",
      smallest: "C5, 1×1",
      caughtBy: exact("pointwise-2d"),
      change: step(operator, { product: (v, w, { c }, { C }) => (C >= 4 && c >= (C & ~3) ? v : v * w) }),
    }),
    make("last-channel-dropped", {
      title: "the last input channel is dropped",
      smallest: "C2, 1×1",
      caughtBy: exact("channels-1d"),
      change: step(operator, { counts: ({ c }, { C }) => C === 1 || c < C - 1 }),
    }),
    make("last-columns-dropped", {
      title: "the last columns, past a multiple of four, are not computed",
      models: "microsoft/onnxruntime#23085",
      smallest: "W5, 1×1",
      caughtBy: exact("pointwise-2d"),
      change: step(operator, { computes: ({ p }, { P }) => last(P) < 4 || last(p) < (last(P) & ~3) }),
    }),
    make("last-tap-dropped", {
      title: "the last tap of the kernel is not read",
      smallest: "n3, k2",
      caughtBy: exact("one-channel-1d"),
      change: step(operator, { counts: ({ k }, { R }) => last(R) === 1 || last(k) < last(R) - 1 }),
    }),
    make("groups-ignored", {
      title: "every group reads the channels of the first",
      smallest: "C2, groups 2",
      caughtBy: exact("groups-1d"),
      change: step(operator, { channel: ({ c }) => c }),
    }),
    make("group-by-remainder", {
      title: "output channels are dealt out to the groups in turn, not in blocks",
      smallest: "C2, O4, groups 2",
      caughtBy: exact("depthwise-1d"),
      change: step(operator, { channel: ({ o, c }, { C }, groups) => (o % groups) * C + c }),
    }),
    make("group-offset-missing-in-padding", {
      title: "rows that touch the padding read the channels of the first group",
      models: "tracel-ai/burn#4727",
      smallest: "C2, groups 2, 3×3, padding 1",
      caughtBy: exact("together-2d"),
      change: step(operator, {
        channel: ({ o, c, p }, { O, C, a }, groups) =>
          (a.some((cells, axis) => cells > 0 && p[axis] === 0) ? 0 : Math.floor(o / (O / groups)) * C) + c,
      }),
    }),
    make("only-first-sample", {
      title: "only the first sample of the batch is written",
      models: "ggml-org/ggml#1448",
      smallest: "N2",
      caughtBy: exact("batch-1d"),
      change: step(operator, { computes: ({ n }) => n === 0 }),
    }),
    make("first-sample-read", {
      title: "every sample of the batch gets the result of the first",
      smallest: "N2",
      caughtBy: exact("batch-1d"),
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        const size = Z.data.length / Math.max(1, Z.shape[0]);
        return { Z: { ...Z, data: Z.data.map((_, at) => Z.data[at % size]) } };
      },
    }),
    make("bias-ignored", {
      title: "the bias is not added",
      smallest: "b1",
      caughtBy: exact("bias-1d"),
      change: (run, { V, K, b }, a) => {
        run({ V, K, b }, a);
        return run({ V, K }, a);
      },
    }),
    make("bias-of-first-channel", {
      title: "every output channel gets the bias of the first",
      smallest: "O2, b",
      caughtBy: exact("bias-1d"),
      change: step(operator, { bias: (b) => b?.[0] ?? 0 }),
    }),
    make("zero-weights-skipped", {
      title: "zero weights are skipped, so that 0 · ∞ is not NaN",
      models: "tensorflow/tensorflow#60315",
      smallest: "x = ∞, w = 0",
      caughtBy: special("zero-weight-infinity"),
      change: (run, inputs, a) =>
        run(inputs, a, (of) => ({ ...of, multiply: (v, w) => (w === 0 ? 0 : of.multiply(v, w)) })),
    }),
    make("padding-multiplied", {
      title: "padding is multiplied with the weights, not skipped",
      models: "tracel-ai/burn#5385",
      smallest: "w = ∞ over a padded cell",
      caughtBy: special("padding-is-no-term"),
      change: step(operator, { read: (x, n) => (x >= 0 && x < n ? x : Number.NaN) }),
    }),
    make("nan-spreads", {
      title: "one NaN spreads over the whole output, as in a transform",
      models: "scipy/scipy#16032",
      smallest: "one NaN in a large input",
      caughtBy: special("nan"),
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        return decodeSome(inputs.V as Tensor, Number.isNaN) ? every(Z, () => Number.NaN) : { Z };
      },
    }),
    make("nan-as-zero", {
      title: "NaN in the input is treated as zero",
      smallest: "[NaN, 1], k2",
      caughtBy: special("nan"),
      change: (run, inputs, a) =>
        run(inputs, a, (of) => ({ ...of, embed: (value, at) => (Number.isNaN(value) ? 0 : of.embed(value, at)) })),
    }),
    make("saturates", {
      title: "a sum beyond the largest number saturates instead of being infinite",
      smallest: "2^127 + 2^127 in f32",
      caughtBy: special("overflow-f32"),
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        const most = { f16: 65504, f32: (2 - 2 ** -23) * 2 ** 127, f64: Number.MAX_VALUE }[Z.dtype];
        return every(Z, (value) => Math.min(most, Math.max(-most, value)));
      },
    }),
    make("flushes-subnormals", {
      title: "subnormal results are flushed to zero, undeclared",
      smallest: "2^−75 · 2^−74 in f32",
      caughtBy: special("subnormal-f32"),
      change: (run, inputs, a) => {
        const { Z } = run(inputs, a);
        const least = { f16: 2 ** -14, f32: 2 ** -126, f64: 2 ** -1022 }[Z.dtype];
        return every(Z, (value) => (Math.abs(value) < least ? 0 : value));
      },
    }),
    make("half-accumulator", {
      title: "products are summed in half precision",
      models: "huggingface/candle#3719",
      smallest: "4096 ones",
      caughtBy: `${operator}/real/long-sum-f32`,
      change: (run, inputs, a) =>
        run(inputs, a, (of) => ({ ...of, add: (left, right) => toDigits(of.add(left, right), 11) })),
    }),
    make("short-products", {
      title: "products keep two digits less than the format has",
      smallest: "real data, many outputs",
      caughtBy: `${operator}/law/error-statistics`,
      change: (run, inputs, a) =>
        run(inputs, a, (of) => ({
          ...of,
          multiply: (v, w) => toDigits(of.multiply(v, w), { f16: 6, f32: 19, f64: 48 }[(inputs.V as Tensor).dtype]),
        })),
    }),
    make("index-in-few-bits", {
      title: "coordinates beyond 8 lose their last bit, as f16 does beyond 2048",
      models: "microsoft/onnxruntime#28976",
      smallest: "extent 2049, here 10",
      caughtBy: exact("one-channel-1d"),
      change: step(operator, { read: (x, n) => (x < 0 || x >= n ? undefined : x > 8 ? x & ~1 : x) }),
    }),
    make("dispatch-capped", {
      title: "only as many elements are computed as one dispatch holds",
      models: "tensorflow/tensorflow#9870",
      smallest: "N = 65,537, here 7",
      caughtBy: exact("one-channel-1d"),
      change: (run, inputs, a) => every(run(inputs, a).Z, (value, at) => (at < 7 ? value : 0)),
    }),
    make("last-tile", {
      title: "the last tile of a 3×3 transform is stepped wrongly",
      models: "adam-dziedzic/winograd#1",
      smallest: "extents not a multiple of the tile",
      caughtBy: exact("three-by-three"),
      change: step(
        operator,
        { source: (p, s, k, d, a) => (p >= 2 && p % 2 === 0 ? p - 1 : p) * s + k * d - a },
        (inputs, { stride }) => String(spatial(inputs)[1]) === "3,3" && stride.every((s) => s === 1),
      ),
    }),
    make("ceil-as-floor", {
      title: "the last, overhanging window is dropped",
      smallest: "n4, k3, stride 2, ceil",
      caughtBy: exact("ceil-1d"),
      change: (run, inputs, a) => run(inputs, { ...a, rounding: a.rounding === "ceil" ? "floor" : a.rounding }),
    }),
    make("kernel-transposed", {
      title: "a square kernel is read with its axes exchanged",
      smallest: "3×3, k 2×2",
      caughtBy: exact("three-by-three"),
      change: step(
        operator,
        { tap: (k, R) => (operator === "correlate" ? k.toReversed() : flip(k, R).toReversed()) },
        (inputs) => new Set(spatial(inputs)[1]).size === 1 && spatial(inputs)[1].length === 2,
      ),
    }),
    make("channels-exchanged", {
      title: "a kernel with as many input as output channels is read with the two exchanged",
      smallest: "C2, O2, 1×1",
      caughtBy: exact("three-by-three"),
      change: (run, inputs, a) => {
        const right = run(inputs, a);
        const K = inputs.K as Tensor;
        const [O, C, ...R] = K.shape;
        if (O !== C) return right;
        const taps = R.reduce((product, r) => product * r, 1);
        const at = (o: number, c: number, k: number) => (o * C + c) * taps + k;
        const data = K.data.map((_, i) => K.data[at(Math.floor(i / taps) % C, Math.floor(i / taps / C), i % taps)]);
        return run({ ...inputs, K: { ...K, data } }, a);
      },
    }),
  ];
};

const decodeSome = (tensor: Tensor, holds: (value: number) => boolean): boolean =>
  Array.from(decode(tensor)).some(holds);

/** A number with no more than so many binary digits. */
export const toDigits = (value: number, digits: number): number => {
  if (value === 0 || !Number.isFinite(value)) return value;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - digits + 1);
  return Math.round(value / unit) * unit;
};

/** Convolution over every overlap commutes; correlation does not, so only there is it a fault. */
const argumentsSwapped: Fault<Kernel> = fault<Kernel>("correlate", "arguments-swapped", {
  title: "input and kernel are exchanged where the kernel is longer",
  models: "numpy/numpy#6316, scipy/scipy#12685",
  smallest: "3-tap signal, 5-tap kernel",
  caughtBy: "correlate/exact/kernel-longer",
  change: (run, inputs, a) => {
    const right = run(inputs, a);
    const [X, R] = spatial(inputs);
    const plain =
      (inputs.V as Tensor).shape[1] === 1 && (inputs.K as Tensor).shape[0] === 1 && (inputs.V as Tensor).shape[0] === 1;
    if (!plain || R.every((r, axis) => r <= X[axis])) return right;
    const swapped = run({ V: inputs.K, K: inputs.V }, { ...a, padding: "full" });
    return String(swapped.Z.shape) === String(right.Z.shape) ? swapped : right;
  },
});

/** Faults of cross-correlation and convolution. */
export const kernelFaults: readonly Fault[] = [
  ...(["correlate", "convolve"] as const).flatMap(faultsOf),
  argumentsSwapped,
] as unknown as Fault[];
