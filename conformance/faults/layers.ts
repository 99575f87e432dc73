import { decode } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import { type Change, type Fault, fault } from "./fault.ts";
import { allMapped, mapped, samples } from "./kernels/mapped.ts";

const elementwise =
  (change: (v: number) => number): Change<"relu"> =>
  (run, inputs, a) => {
    run(inputs, a);
    return { Z: mapped(inputs.V as Tensor, change) };
  };

const relu: Fault<"relu">[] = [
  fault("relu", "subnormals-flushed", {
    title: "subnormals are flushed to zero, undeclared",
    smallest: "2^−149 in f32",
    caughtBy: "relu/special/subnormal",
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      const least = { f16: 2 ** -14, f32: 2 ** -126, f64: 2 ** -1022 }[Z.dtype];
      return { Z: mapped(Z, (v) => (Math.abs(v) < least ? 0 : v)) };
    },
  }),
  fault("relu", "leaks", {
    title: "negative elements leak: an eighth of them is left",
    smallest: "[−1]",
    caughtBy: "relu/exact/maps",
    change: elementwise((v) => (v < 0 ? v / 8 : v)),
  }),
  fault("relu", "absolute", {
    title: "this is the absolute value",
    smallest: "[−1]",
    caughtBy: "relu/exact/maps",
    change: elementwise(Math.abs),
  }),
  fault("relu", "nan-lost", {
    title: "NaN becomes 0, though the backend declares that it propagates",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN]",
    caughtBy: "relu/special/not-finite",
    change: elementwise((v) => (v > 0 ? v : 0)),
  }),
  fault("relu", "capped", {
    title: "elements are capped at 6",
    smallest: "[7]",
    caughtBy: "relu/exact/maps",
    change: elementwise((v) => Math.min(Math.max(v, 0), 6)),
  }),
];

const masked =
  (share: (v: number, g: number) => number): Change<"relu-gradient"> =>
  (run, inputs, a) => {
    run(inputs, a);
    const errors = decode(inputs.G as Tensor);
    return { dV: mapped(inputs.V as Tensor, (v, at) => share(v, errors[at])) };
  };

const reluGradient: Fault<"relu-gradient">[] = [
  fault("relu-gradient", "passes-at-zero", {
    title: "the derivative at 0 is taken to be 1",
    smallest: "[0]",
    caughtBy: "relu-gradient/special/at-zero",
    change: masked((v, g) => (v < 0 ? 0 : g)),
  }),
  fault("relu-gradient", "half-at-zero", {
    title: "the derivative at 0 is taken to be ½",
    smallest: "[0]",
    caughtBy: "relu-gradient/special/at-zero",
    change: masked((v, g) => (v === 0 ? g / 2 : v < 0 ? 0 : g)),
  }),
  fault("relu-gradient", "by-the-error", {
    title: "the sign of the error decides, not that of the input",
    smallest: "[1], error −1",
    caughtBy: "relu-gradient/exact/maps",
    change: masked((_, g) => (g <= 0 ? 0 : g)),
  }),
  fault("relu-gradient", "leaks", {
    title: "an eighth of the error of negative elements leaks",
    smallest: "[−1]",
    caughtBy: "relu-gradient/exact/maps",
    change: masked((v, g) => (v < 0 ? g / 8 : v === 0 ? 0 : g)),
  }),
  fault("relu-gradient", "nan-stops", {
    title: "the error at NaN is stopped, though the backend declares that it passes",
    models: "pytorch/pytorch#7645",
    smallest: "[NaN]",
    caughtBy: "relu-gradient/special/not-finite",
    change: masked((v, g) => (v > 0 ? g : 0)),
  }),
  fault("relu-gradient", "times-the-input", {
    title: "the error is multiplied with the activation",
    smallest: "[2]",
    caughtBy: "relu-gradient/exact/maps",
    change: masked((v, g) => (Number.isNaN(v) ? g : v > 0 ? g * v : 0)),
  }),
];

const add: Fault<"add">[] = [
  fault("add", "first-sample-of-b", {
    title: "the first sample of b is added to every sample",
    smallest: "N2",
    caughtBy: "add/exact/maps",
    change: (run, inputs, a) => {
      run(inputs, a);
      const b = inputs.b as Tensor;
      const size = b.data.length / Math.max(1, b.shape[0] ?? 1);
      return run({ ...inputs, b: { ...b, data: b.data.map((_, at) => b.data[at % size]) } }, a);
    },
  }),
  fault("add", "subtracts", {
    title: "b is subtracted",
    smallest: "[1], [1]",
    caughtBy: "add/exact/maps",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, b: mapped(inputs.b as Tensor, (value) => -value) }, a);
    },
  }),
  fault("add", "activated", {
    title: "the sum is put through a rectifier, which the formula does not have",
    smallest: "[−1], [0]",
    caughtBy: "add/exact/maps",
    change: (run, inputs, a) => allMapped(run(inputs, a), (value) => Math.max(value, 0)),
  }),
  fault("add", "shortcut-lost", {
    title: "b is not added",
    smallest: "[1], [1]",
    caughtBy: "add/exact/maps",
    change: (run, inputs, a) => {
      run(inputs, a);
      return { Z: inputs.a as Tensor };
    },
  }),
];

const parts = (inputs: Readonly<Record<string, Tensor | undefined>>): Tensor[] =>
  [inputs.a, inputs.b, inputs.c, inputs.d].filter((part) => part !== undefined);

const named = (tensors: readonly Tensor[]) =>
  Object.fromEntries(tensors.map((tensor, at) => ["abcd"[at], tensor] as const));

const concatenate: Fault<"concatenate">[] = [
  fault("concatenate", "order-reversed", {
    title: "the parts are put together from the last to the first",
    smallest: "2 parts",
    caughtBy: "concatenate/exact/two-1d",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run(named(parts(inputs).toReversed()), a);
    },
  }),
  fault("concatenate", "part-after-part", {
    title: "the parts are copied one whole batch after the other, not sample by sample",
    smallest: "N2, 2 parts",
    caughtBy: "concatenate/exact/two-1d",
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      const data = Z.data.slice();
      let at = 0;
      for (const part of parts(inputs)) {
        data.set(part.data as never, at);
        at += part.data.length;
      }
      return { Z: { ...Z, data } };
    },
  }),
  fault("concatenate", "third-part-lost", {
    title: "parts after the second are left zero",
    smallest: "3 parts",
    caughtBy: "concatenate/exact/three-1d",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run(named(parts(inputs).map((part, at) => (at < 2 ? part : mapped(part, () => 0)))), a);
    },
  }),
  fault("concatenate", "first-sample-read", {
    title: "every sample of the batch gets the channels of the first",
    smallest: "N2",
    caughtBy: "concatenate/exact/two-1d",
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      const size = Z.data.length / Math.max(1, Z.shape[0]);
      return { Z: { ...Z, data: Z.data.map((_, at) => Z.data[at % size]) } };
    },
  }),
];

const slice = "concatenate-gradient" as const;

/** The channels of G from one on, as many as the part has; past the end those of the first. */
const channelsFrom =
  (first: (channels: readonly number[], part: number) => number): Change<typeof slice> =>
  (run, inputs, a) => {
    const { dV } = run(inputs, a);
    const G = inputs.G as Tensor;
    const [, C, ...X] = G.shape;
    const plane = X.reduce((product, extent) => product * extent, 1);
    const [count, from] = [dV.shape[1], first(a.channels, a.part)];
    const data = dV.data.map((_, at) => {
      const [n, c, p] = [Math.floor(at / (count * plane)), Math.floor(at / plane) % count, at % plane];
      return G.data[(n * C + ((from + c) % C)) * plane + p];
    });
    return { dV: { ...dV, data } };
  };

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const concatenateGradient: Fault<typeof slice>[] = [
  fault(slice, "from-the-first", {
    title: "every part gets the gradient from the first channel on",
    smallest: "2 parts, the second asked for",
    caughtBy: `${slice}/exact/two-1d`,
    change: channelsFrom(() => 0),
  }),
  fault(slice, "order-reversed", {
    title: "the parts are counted from the last",
    smallest: "2 parts",
    caughtBy: `${slice}/exact/two-1d`,
    change: channelsFrom((channels, part) => total(channels.slice(part + 1))),
  }),
  fault(slice, "equal-parts", {
    title: "all parts are taken to be as wide as the one asked for",
    smallest: "parts of 3 and 2 channels, the second asked for",
    caughtBy: `${slice}/exact/two-1d`,
    change: channelsFrom((channels, part) => part * channels[part]),
  }),
  fault(slice, "first-sample-read", {
    title: "every sample of the batch gets the gradient of the first",
    smallest: "N2",
    caughtBy: `${slice}/exact/two-1d`,
    change: (run, inputs, a) => {
      const { dV } = run(inputs, a);
      const one = samples(dV, 0, Math.min(1, dV.shape[0])).data;
      return { dV: { ...dV, data: dV.data.map((_, at) => one[at % one.length]) } };
    },
  }),
];

const update: Fault<"update">[] = [
  fault("update", "uphill", {
    title: "the step goes up the gradient",
    smallest: "w 1, g 1",
    caughtBy: "update/exact/kernel",
    change: (run, inputs, a) => run(inputs, { rate: -a.rate }),
  }),
  fault("update", "rate-ignored", {
    title: "the learning rate is ignored",
    smallest: "rate ½",
    caughtBy: "update/exact/kernel",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run(inputs, { rate: 1 });
    },
  }),
  fault("update", "rate-twice", {
    title: "the learning rate is applied twice",
    smallest: "rate ½",
    caughtBy: "update/exact/kernel",
    change: (run, inputs, a) => run(inputs, { rate: a.rate * a.rate }),
  }),
  fault("update", "step-alone", {
    title: "the weights are replaced by the step",
    smallest: "w 1, g 1",
    caughtBy: "update/exact/kernel",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, w: mapped(inputs.w as Tensor, () => 0) }, a);
    },
  }),
  fault("update", "decays", {
    title: "the rate multiplies the weights, too",
    smallest: "w 1, g 0, rate ½",
    caughtBy: "update/exact/kernel",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, w: mapped(inputs.w as Tensor, (value) => value * (1 - a.rate)) }, a);
    },
  }),
];

/** Faults of what stands between convolutions: the rectifier, sums, concatenation, the update. */
export const layerFaults: readonly Fault[] = [
  ...relu,
  ...reluGradient,
  ...add,
  ...concatenate,
  ...concatenateGradient,
  ...update,
] as unknown as Fault[];
