import { decode } from "../../reference/index.ts";
import {
  type AttributesOf,
  type Padding,
  resolveWindow,
  type Tensor,
  type WindowAttributes,
} from "../../spec/index.ts";
import { type Change, type Fault, type FaultSpec, fault, type Outputs, statefulFault } from "./fault.ts";
import { uncleared } from "./kernels/buffer.ts";
import { type Contraction, contract, type Role } from "./kernels/contract.ts";
import { type Contracted, contractionOf } from "./kernels/contractions.ts";

/** A change of one part of the sum of products; bad calls are refused as they should be. */
export const part =
  <N extends Contracted>(
    operator: N,
    change: (correct: Contraction, attributes: AttributesOf<N>) => Partial<Contraction>,
  ): Change<N> =>
  (run, inputs, attributes) => {
    run(inputs, attributes);
    const correct = contractionOf(operator, inputs, attributes);
    return contract({ ...correct, ...change(correct, attributes) });
  };

/** The index of one role replaced: "sum", or the first or second factor. */
export const withRole = (
  { sum, factors: [left, right] }: Contraction,
  which: "sum" | 0 | 1,
  at: Role["at"],
): Partial<Contraction> => {
  if (which === "sum") return { sum: { ...sum, at } };
  return { factors: which === 0 ? [{ ...left, at }, right] : [left, { ...right, at }] };
};

/** The other of the two paddings that keep the extents. */
export const otherSame = (padding: Padding): Padding =>
  padding === "same" ? "same-lower" : padding === "same-lower" ? "same" : padding;

/** Where a kernel adds to what the buffer held before, with nothing to add: elements that no term reaches. */
export const staleWhereNoTerm =
  <N extends Contracted>(operator: N) =>
  (): Change<N> => {
    const buffer = uncleared();
    return (run, inputs, attributes) => {
      const outputs: Outputs = run(inputs, attributes);
      const correct = contractionOf(operator, inputs, attributes);
      const ones = correct.factors.map((factor): Contraction["factors"][0] => ({
        ...factor,
        tensor: { dtype: "f64", shape: factor.shape, data: new Float64Array(factor.tensor.data.length).fill(1) },
      })) as unknown as Contraction["factors"];
      const terms = decode(contract({ ...correct, factors: ones, start: () => 0 })[correct.sum.name]);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [name, buffer(tensor as Tensor, (at) => terms[at] > 0)]),
      );
    };
  };

/** By which cases of an operator the faults that all of them share are shown; absent where there is no such fault. */
export interface Shown {
  readonly strides: string;
  readonly dilation: string;
  readonly padding: string;
  readonly same?: string;
  readonly batch: string;
  readonly flip: string;
  readonly lastWindow: string;
}

/** Faults of where a kernel slides, in an operator that is a sum of products over its windows. */
export const slidingFaults = <N extends Contracted>(operator: N, shown: Shown): Fault<N>[] => {
  const make = (name: string, spec: FaultSpec<N>) => fault<N>(operator, name, spec);
  const by = (name: string) => `${operator}/exact/${name}`;
  const plain = (change: (correct: Contraction) => Partial<Contraction>) => part(operator, change);
  return [
    make("stride-swapped", {
      title: "the strides of the axes are exchanged",
      models: "Samsung/ONE#2727",
      smallest: "5×7, k2, stride 1×2",
      caughtBy: by(shown.strides),
      change: plain(({ s }) => ({ s: s.toReversed() })),
    }),
    make("dilation-ignored", {
      title: "dilation is ignored",
      smallest: "n5, k2, dilation 2",
      caughtBy: by(shown.dilation),
      change: plain(({ d }) => ({ d: d.map(() => 1) })),
    }),
    make("stride-and-dilation-exchanged", {
      title: "stride and dilation are exchanged",
      models: operator.endsWith("kernel-gradient") ? "huggingface/candle#2337" : undefined,
      smallest: "5×5, k3, stride 2",
      caughtBy: by(shown.strides),
      change: plain(({ s, d }) => ({ s: d, d: s })),
    }),
    make("padding-ignored", {
      title: "windows begin at the first element, as if there were no padding before it",
      smallest: "n4, k2, padding (1,0)",
      caughtBy: by(shown.padding),
      change: plain(({ a }) => ({ a: a.map(() => 0) })),
    }),
    ...(shown.same === undefined
      ? []
      : [
          make("same-on-the-wrong-side", {
            title: "same padding puts the odd cell on the other side",
            models: operator.endsWith("gradient") ? "tensorflow/tensorflow#11092" : "microsoft/onnxruntime#8769",
            smallest: "n4, k2, same",
            caughtBy: by(shown.same),
            change: part(operator, ({ X, R }, attributes) => {
              const window = attributes as WindowAttributes;
              return { a: resolveWindow(X, R, { ...window, padding: otherSame(window.padding) }).begin };
            }),
          }),
        ]),
    make("flipped", {
      title: "the kernel's taps are met in the opposite order",
      models: "onnx/onnx#1208",
      smallest: "n3, k2",
      caughtBy: by(shown.flip),
      change: plain(({ source, R }) => ({
        source: (p, s, k, d, a, axis) => source(p, s, R[axis] - 1 - k, d, a, axis),
      })),
    }),
    make("only-first-sample", {
      title: "only the first sample of the batch counts",
      models: "ggml-org/ggml#1448",
      smallest: "N2",
      caughtBy: by(shown.batch),
      change: plain(() => ({ counts: ({ n }) => n === 0 })),
    }),
    make("last-window-dropped", {
      title: "the last window of an axis is not looked at",
      smallest: "n3, k2",
      caughtBy: by(shown.lastWindow),
      change: plain(({ P }) => ({ counts: ({ p }) => p[p.length - 1] < P[P.length - 1] - 1 })),
    }),
  ];
};

/** An operator in which some elements get no term leaves them as they were. */
export const tailStale = <N extends Contracted>(operator: N): Fault<N> =>
  statefulFault<N>(operator, "tail-stale", {
    title: "elements that no window reached are left as they were",
    models: "torch/DEPRECEATED-torch7-distro#20",
    smallest: "n6, k3, stride 2, after another call (n5 hides it)",
    caughtBy: `${operator}/state/small-after-large`,
    plant: staleWhereNoTerm(operator),
  });

/** The gradient of the weights from a batch of no samples is what the buffer held before. */
export const zeroBatchStale = <N extends Contracted>(operator: N): Fault<N> =>
  statefulFault<N>(operator, "zero-batch-stale", {
    title: "the gradient of a batch of no samples is not written at all",
    models: "FluxML/NNlib.jl#763",
    smallest: "N0, after another call",
    caughtBy: `${operator}/gradient/zero-batch`,
    plant: () => {
      const buffer = uncleared();
      return (run, inputs, attributes) => {
        const empty = (inputs.G as Tensor).shape[0] === 0;
        return Object.fromEntries(
          Object.entries(run(inputs, attributes)).map(([name, tensor]) => [name, buffer(tensor, () => !empty)]),
        );
      };
    },
  });
