import { decode } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import { type Fault, type FaultSpec, fault } from "./fault.ts";
import { every, type Kernel, step } from "./kernel-change.ts";
import { toDigits } from "./kernels/digits.ts";

const decodeSome = (tensor: Tensor, holds: (value: number) => boolean): boolean =>
  Array.from(decode(tensor)).some(holds);

/** Faults in how numbers are added and multiplied: special values, precision. */
export const numberFaults = (operator: Kernel): Fault<Kernel>[] => {
  const make = (name: string, spec: FaultSpec<Kernel>) => fault<Kernel>(operator, name, spec);
  const special = (name: string) => `${operator}/special/${name}`;
  return [
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
  ];
};
