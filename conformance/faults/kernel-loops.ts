import type { Tensor } from "../../spec/index.ts";
import { type Fault, type FaultSpec, fault } from "./fault.ts";
import { every, type Kernel, last, step } from "./kernel-change.ts";

/** Faults in what the loops run over: samples, channels, groups, tails, the bias. */
export const loopFaults = (operator: Kernel): Fault<Kernel>[] => {
  const make = (name: string, spec: FaultSpec<Kernel>) => fault<Kernel>(operator, name, spec);
  const exact = (name: string) => `${operator}/exact/${name}`;
  return [
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
