import { decode, encode } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import { part, slidingFaults, tailStale, withRole, zeroBatchStale } from "./contraction.ts";
import { type Fault, type FaultSpec, fault } from "./fault.ts";
import { contract } from "./kernels/contract.ts";
import { contractionOf } from "./kernels/contractions.ts";
import { toDigits } from "./kernels/digits.ts";

type KernelGradient = "correlate-kernel-gradient" | "convolve-kernel-gradient";
type InputGradient = "correlate-input-gradient" | "convolve-input-gradient";

/** The cases that the gradients take from their forward operator. */
const forward = {
  strides: "stride-2d",
  dilation: "dilation-1d",
  padding: "padding-before-1d",
  same: "same-1d",
  batch: "batch-1d",
  flip: "one-channel-1d",
  lastWindow: "one-channel-1d",
};

const kernelGradient = (operator: KernelGradient): Fault<KernelGradient>[] => {
  const make = (name: string, spec: FaultSpec<KernelGradient>) => fault<KernelGradient>(operator, name, spec);
  const by = (name: string) => `${operator}/exact/${name}`;
  return [
    ...slidingFaults<KernelGradient>(operator, forward),
    make("groups-ignored", {
      title: "every group reads the channels of the first",
      models: "pytorch/pytorch#51430",
      smallest: "C2, groups 2",
      caughtBy: by("groups-1d"),
      change: part(operator, () => ({ channel: (_, c) => c })),
    }),
    make("averaged-over-the-batch", {
      title: "the sum over the samples is divided by their number",
      smallest: "N2",
      caughtBy: by("batch-1d"),
      change: (run, inputs, a) => {
        const { dK } = run(inputs, a);
        const N = Math.max(1, (inputs.G as Tensor).shape[0]);
        return {
          dK: encode(
            dK.dtype,
            dK.shape,
            Array.from(decode(dK), (value) => value / N),
          ),
        };
      },
    }),
    make("channels-exchanged", {
      title: "a gradient with as many input as output channels is written with the two exchanged",
      smallest: "C2, O2, 1×1",
      caughtBy: by("three-by-three"),
      change: part(operator, (correct) => {
        const { sum, O, C } = correct;
        return O === C && correct.groups === 1
          ? withRole(correct, "sum", (m) => {
              const [o, c, ...k] = sum.at(m);
              return [c, o, ...k];
            })
          : {};
      }),
    }),
    make("first-channel-everywhere", {
      title: "every output channel gets the gradient of the first",
      smallest: "O2",
      caughtBy: by("channels-1d"),
      change: part(operator, (correct) => withRole(correct, 0, ({ n, p }) => [n, 0, ...p])),
    }),
    zeroBatchStale<KernelGradient>(operator),
  ];
};

const inputGradient = (operator: InputGradient): Fault<InputGradient>[] => {
  const make = (name: string, spec: FaultSpec<InputGradient>) => fault<InputGradient>(operator, name, spec);
  const by = (name: string) => `${operator}/exact/${name}`;
  return [
    ...slidingFaults<InputGradient>(operator, forward).map((made) =>
      made.id.endsWith("/flipped")
        ? { ...made, title: "the kernel is not rotated by 180° against the error, or rotated twice" }
        : made,
    ),
    make("rotated-on-the-last-axis", {
      title: "the kernel is rotated on its last axis only: mirrored, not turned",
      smallest: "2×2, k 2×2",
      caughtBy: by("channels-2d"),
      change: part(operator, ({ source, R }) => ({
        source: (p, s, k, d, a, axis) => source(p, s, axis === R.length - 1 ? k : R[axis] - 1 - k, d, a, axis),
      })),
    }),
    make("no-zeros-between", {
      title: "no zeros are put between the errors of a strided call",
      smallest: "n5, k2, stride 2",
      caughtBy: by("stride-1d"),
      change: part(operator, ({ s }) => ({ s: s.map(() => 1) })),
    }),
    make("groups-ignored", {
      title: "every group adds to the channels of the first",
      models: "pytorch/pytorch#51430",
      smallest: "C2, groups 2",
      caughtBy: by("groups-1d"),
      change: part(operator, () => ({ channel: (_, c) => c })),
    }),
    make("last-output-channel-dropped", {
      title: "the last output channel carries nothing back",
      smallest: "O2",
      caughtBy: by("channels-1d"),
      change: part(operator, ({ O }) => ({ counts: ({ o }) => O === 1 || o < O - 1 })),
    }),
    make("channels-exchanged", {
      title: "a kernel with as many input as output channels is read with the two exchanged",
      smallest: "C2, O2, 1×1",
      caughtBy: by("three-by-three"),
      change: part(operator, (correct) => {
        const [, K] = correct.factors;
        return correct.O === correct.C && correct.groups === 1
          ? withRole(correct, 1, (m) => {
              const [o, c, ...k] = K.at(m);
              return [c, o, ...k];
            })
          : {};
      }),
    }),
    make("covered-extents", {
      title: "the gradient is only as large as what the windows covered, not as the input",
      models: "torch/DEPRECEATED-torch7-distro#20",
      smallest: "n6, k3, stride 2 (n5 hides it)",
      caughtBy: by("tail-1d"),
      change: (run, inputs, a) => {
        run(inputs, a);
        const correct = contractionOf(operator, inputs, a);
        const { P, R, X, s, d, a: begin, sum } = correct;
        const covered = X.map((n, i) => Math.min(n, (P[i] - 1) * s[i] + (R[i] - 1) * d[i] + 1 - begin[i]));
        return contract({ ...correct, X: covered, sum: { ...sum, shape: [...sum.shape.slice(0, 2), ...covered] } });
      },
    }),
    tailStale<InputGradient>(operator),
  ];
};

const biasGradient: Fault<"bias-gradient">[] = [
  fault("bias-gradient", "zero-alone", {
    title: "the bias gradient is zero unless the kernel's is asked for, too",
    models: "apache/mxnet#15464",
    smallest: "the bias alone",
    caughtBy: "bias-gradient/gradient/alone",
    change: (run, inputs, a) => {
      const { db } = run(inputs, a);
      return { db: { ...db, data: db.data.map(() => 0) } };
    },
  }),
  fault("bias-gradient", "averaged-over-the-batch", {
    title: "the sum over the samples is divided by their number",
    smallest: "N2",
    caughtBy: "bias-gradient/exact/batch-1d",
    change: (run, inputs, a) => {
      const { db } = run(inputs, a);
      const N = Math.max(1, (inputs.G as Tensor).shape[0]);
      return {
        db: encode(
          db.dtype,
          db.shape,
          Array.from(decode(db), (value) => value / N),
        ),
      };
    },
  }),
  fault("bias-gradient", "only-first-sample", {
    title: "only the first sample of the batch counts",
    smallest: "N2",
    caughtBy: "bias-gradient/exact/batch-1d",
    change: (run, inputs, a) => {
      run(inputs, a);
      const G = inputs.G as Tensor;
      const [N, ...rest] = G.shape;
      const data = G.data.slice(0, G.data.length / Math.max(1, N));
      return run({ G: { ...G, shape: [Math.min(N, 1), ...rest], data } }, a);
    },
  }),
  fault("bias-gradient", "last-position-dropped", {
    title: "the last position of every plane is not added",
    smallest: "1×2",
    caughtBy: "bias-gradient/exact/batch-1d",
    change: (run, inputs, a) => {
      run(inputs, a);
      const G = inputs.G as Tensor;
      const plane = G.shape.slice(2).reduce((product, extent) => product * extent, 1);
      return run({ G: { ...G, data: G.data.map((value, at) => (at % plane === plane - 1 ? 0 : value)) } }, a);
    },
  }),
  fault("bias-gradient", "channels-last", {
    title: "channels are taken to be on the last axis",
    smallest: "C2, 3 positions",
    caughtBy: "bias-gradient/exact/batch-1d",
    change: (run, inputs, a) => {
      run(inputs, a);
      const G = inputs.G as Tensor;
      const [N, C, ...P] = G.shape;
      const plane = P.reduce((product, extent) => product * extent, 1);
      const data = G.data.map((_, at) => {
        const [n, c, p] = [Math.floor(at / (C * plane)), Math.floor(at / plane) % C, at % plane];
        return G.data[(n * plane + p) * C + c];
      });
      return run({ G: { ...G, shape: [N, C, ...P], data } }, a);
    },
  }),
  fault("bias-gradient", "half-accumulator", {
    title: "the sum is kept in half precision",
    models: "huggingface/candle#3719",
    smallest: "real data, long sums",
    caughtBy: "bias-gradient/real/long-sum-f32",
    change: (run, inputs, a) =>
      run(inputs, a, (of) => ({ ...of, add: (left, right) => toDigits(of.add(left, right), 11) })),
  }),
];

const transpose = "correlate-transpose" as const;

const transposed: Fault<typeof transpose>[] = [
  ...slidingFaults(transpose, {
    strides: "stride-2d",
    dilation: "dilation-1d",
    padding: "padding-1d",
    batch: "batch-1d",
    flip: "channels-1d",
    lastWindow: "channels-1d",
  }),
  fault(transpose, "output-padding-not-computed", {
    title: "the cells that output padding adds are left zero",
    models: "apache/tvm#19524",
    smallest: "2×2, k3, stride 2, padding 1, output padding 1",
    caughtBy: `${transpose}/exact/output-padding-gives-back-1d`,
    change: part(transpose, ({ X }, { outputPadding }) => ({
      counts: ({ x }) => x.every((at, axis) => at < X[axis] - outputPadding[axis]),
    })),
  }),
  fault(transpose, "output-padding-before", {
    title: "output padding is put before the result, not behind it",
    smallest: "n2, k3, stride 2, output padding 1",
    caughtBy: `${transpose}/exact/output-padding-1d`,
    change: part(transpose, ({ a }, { outputPadding }) => ({ a: a.map((cells, i) => cells - outputPadding[i]) })),
  }),
  fault(transpose, "padding-mirrored", {
    title: "the padding before and behind is exchanged",
    smallest: "n3, k2, padding (1,0)",
    caughtBy: `${transpose}/exact/padding-1d`,
    change: part(transpose, (_, { padding }) => ({ a: padding.map(([, end]) => end) })),
  }),
  fault(transpose, "groups-ignored", {
    title: "every group adds to the channels of the first",
    smallest: "C2, groups 2",
    caughtBy: `${transpose}/exact/groups-1d`,
    change: part(transpose, () => ({ channel: (_, c) => c })),
  }),
  fault(transpose, "bias-ignored", {
    title: "the bias is not added",
    smallest: "b1",
    caughtBy: `${transpose}/exact/bias-1d`,
    change: part(transpose, () => ({ start: () => 0 })),
  }),
  fault(transpose, "bias-only-where-reached", {
    title: "cells that no copy of the kernel reaches lack the bias",
    smallest: "n2, k1, stride 2, b1",
    caughtBy: `${transpose}/special/nan-and-bias`,
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      const [V, K] = [inputs.V as Tensor, inputs.K as Tensor];
      const one = V.dtype === "f16" ? 0x3c00 : 1;
      const ones = (tensor: Tensor) => ({ ...tensor, data: tensor.data.map(() => one) });
      const terms = decode(run({ V: ones(V), K: ones(K) }, a).Z);
      return { Z: { ...Z, data: Z.data.map((value, at) => (terms[at] > 0 ? value : 0)) } };
    },
  }),
  fault(transpose, "no-zeros-between", {
    title: "no zeros are put between the elements of a strided call",
    smallest: "n2, k2, stride 2",
    caughtBy: `${transpose}/exact/stride-1d`,
    change: part(transpose, ({ s }) => ({ s: s.map(() => 1) })),
  }),
  tailStale(transpose),
];

/** Faults of the gradients of correlate and convolve, and of the transposed correlation. */
export const kernelGradientFaults: readonly Fault[] = [
  ...kernelGradient("correlate-kernel-gradient"),
  ...kernelGradient("convolve-kernel-gradient"),
  ...inputGradient("correlate-input-gradient"),
  ...inputGradient("convolve-input-gradient"),
  ...biasGradient,
  ...transposed,
] as unknown as Fault[];
