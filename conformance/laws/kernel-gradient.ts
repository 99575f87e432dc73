import fc from "fast-check";
import { encode } from "../../reference/index.ts";
import {
  type AttributesOf,
  type CorrelateAttributes,
  type CorrelateTransposeAttributes,
  dilatedExtent,
  resolveWindow,
  type Shape,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import {
  biasGradientCall,
  inputGradientCall,
  kernelGradientCall,
  transposeCall,
} from "../arbitraries/kernel-gradient.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { type Apply, equalityLaw, type Law } from "./law.ts";
import { concatenate, gather, padded, rot180, scaleAdd, select, spread, swapChannels } from "./rearrange.ts";

type Forward = "correlate" | "convolve";
type KernelAttributes = AttributesOf<"correlate-kernel-gradient">;
type InputAttributes = AttributesOf<"correlate-input-gradient">;

const forwards: readonly Forward[] = ["correlate", "convolve"];

const kernelParts = ({ inputs, attributes }: Invocation) => ({
  ...(inputs as { readonly G: Tensor; readonly V: Tensor }),
  attributes: attributes as KernelAttributes,
});

const inputParts = ({ inputs, attributes }: Invocation) => ({
  ...(inputs as { readonly G: Tensor; readonly K: Tensor }),
  attributes: attributes as InputAttributes,
});

const unit = (axes: number): CorrelateAttributes => ({
  stride: Array<number>(axes).fill(1),
  dilation: Array<number>(axes).fill(1),
  padding: "valid",
  rounding: "floor",
  groups: 1,
});

/** The first elements of each spatial axis, as many as the shape says. */
const first = (tensor: Tensor, extents: Shape): Tensor =>
  gather(tensor, [...tensor.shape.slice(0, 2), ...extents], (index) => index);

/** The tensor with zeros behind every spatial axis, or cut, to the given extents. */
const fitted = (tensor: Tensor, extents: Shape): Tensor =>
  gather(tensor, [...tensor.shape.slice(0, 2), ...extents], (index) =>
    index.every((at, axis) => at < tensor.shape[axis]) ? index : undefined,
  );

/** Calls with a sample and one group: what one forward operator can say of a kernel's gradient. */
const oneGroup = (calls: fc.Arbitrary<Invocation>): fc.Arbitrary<Invocation> =>
  calls.filter(
    ({ inputs, attributes }) => (inputs.G as Tensor).shape[0] > 0 && (attributes as CorrelateAttributes).groups === 1,
  );

/**
 * The padded input in which every window lies wholly, with samples for channels: what stands in the formula of
 * GRAD-3 as [C, N, …X].
 */
function windowed(V: Tensor, { attributes, P }: { readonly attributes: KernelAttributes; readonly P: Shape }): Tensor {
  const { stride: s, dilation: d, kernel: R } = attributes;
  const X = V.shape.slice(2);
  const { begin } = resolveWindow(X, R, attributes);
  const spans = P.map((p, axis) => (p - 1) * s[axis] + dilatedExtent(R[axis], d[axis]));
  const wide = padded(
    V,
    begin,
    spans.map((span, axis) => Math.max(0, span - begin[axis] - X[axis])),
  );
  return swapChannels(fitted(wide, spans));
}

/** GRAD-1 and GRAD-2: the kernel's gradient as a forward operator of y, with δ for a kernel and stride and dilation exchanged. */
const byForward = (name: string, title: string, forward: Forward, kernelOf: (G: Tensor) => Tensor): Law =>
  equalityLaw({
    id: `correlate-kernel-gradient/law/${name}`,
    title,
    clauses: ["GRAD-3", forward === "correlate" ? "GRAD-1" : "GRAD-2"],
    operator: "correlate-kernel-gradient",
    samples: oneGroup(kernelGradientCall("correlate")),
    sides: async (apply, call) => {
      const { G, V, attributes } = kernelParts(call);
      const y = windowed(V, { attributes, P: G.shape.slice(2) });
      const exchanged = { ...unit(G.shape.length - 2), stride: attributes.dilation, dilation: attributes.stride };
      const slid = await apply(forward, { V: y, K: kernelOf(swapChannels(G)) }, exchanged);
      return [
        await apply("correlate-kernel-gradient", { G, V }, attributes),
        swapChannels(first(slid, attributes.kernel)),
      ];
    },
  }) as Law;

/** GRAD-4 and GRAD-5: the input's gradient as a full forward operator of δ, spread by the stride, with the kernel's channels exchanged. */
const byFull = (name: string, title: string, forward: Forward, kernelOf: (K: Tensor) => Tensor): Law =>
  equalityLaw({
    id: `correlate-input-gradient/law/${name}`,
    title,
    clauses: ["GRAD-6", forward === "convolve" ? "GRAD-4" : "GRAD-5"],
    operator: "correlate-input-gradient",
    samples: oneGroup(inputGradientCall("correlate")),
    sides: async (apply, call) => {
      const { G, K, attributes } = inputParts(call);
      const { stride, dilation, input: X } = attributes;
      const { begin } = resolveWindow(X, K.shape.slice(2), attributes);
      const full = await apply(
        forward,
        { V: spread(G, stride), K: swapChannels(kernelOf(K)) },
        { ...unit(X.length), dilation, padding: "full" },
      );
      // The padding of the forward operator is cut off before, and the tail behind the last window filled with zeros.
      const dV = gather(full, [full.shape[0], full.shape[1], ...X], ([n, c, ...x]) => {
        const source = x.map((at, axis) => at + begin[axis]);
        return source.every((at, axis) => at < full.shape[axis + 2]) ? [n, c, ...source] : undefined;
      });
      return [await apply("correlate-input-gradient", { G, K }, attributes), dV];
    },
  }) as Law;

/** The laws that hold of both forward operators' gradients. */
const shared = (forward: Forward): Law[] => {
  const ofKernel = `${forward}-kernel-gradient` as const;
  const ofInput = `${forward}-input-gradient` as const;
  const [kernelClause, inputClause] = forward === "correlate" ? ["GRAD-3", "GRAD-6"] : ["GRAD-7", "GRAD-8"];
  const kernel = { operator: ofKernel, clauses: [kernelClause as "GRAD-3"] } as const;
  const input = { operator: ofInput, clauses: [inputClause as "GRAD-6"] } as const;
  return [
    equalityLaw({
      ...kernel,
      id: `${ofKernel}/law/batch-adds-up`,
      title: "the kernel's gradient of a batch is the sum of those of its samples",
      samples: kernelGradientCall(forward).filter(({ inputs }) => (inputs.G as Tensor).shape[0] > 0),
      sides: async (apply, call) => {
        const { G, V, attributes } = kernelParts(call);
        const one = (n: number) => apply(ofKernel, { G: select(G, 0, n), V: select(V, 0, n) }, attributes);
        let total = await one(0);
        for (let n = 1; n < G.shape[0]; n++) total = scaleAdd(1, total, await one(n));
        return [await apply(ofKernel, { G, V }, attributes), total];
      },
    }),
    equalityLaw({
      ...input,
      id: `${ofInput}/law/batch-is-samples`,
      title: "the input's gradient of a batch is that of its samples one by one",
      samples: inputGradientCall(forward).filter(({ inputs }) => (inputs.G as Tensor).shape[0] > 0),
      sides: async (apply, call) => {
        const { G, K, attributes } = inputParts(call);
        const each: Tensor[] = [];
        for (let n = 0; n < G.shape[0]; n++) each.push(await apply(ofInput, { G: select(G, 0, n), K }, attributes));
        return [await apply(ofInput, { G, K }, attributes), concatenate(each, 0)];
      },
    }),
    equalityLaw({
      ...kernel,
      id: `${ofKernel}/law/groups-are-blocks`,
      title: "the kernel's gradient of each group is that of its own channels",
      samples: kernelGradientCall(forward),
      sides: async (apply, call) => {
        const { G, V, attributes } = kernelParts(call);
        const [M, C] = [G.shape[1] / attributes.groups, V.shape[1] / attributes.groups];
        const blocks: Tensor[] = [];
        for (let g = 0; g < attributes.groups; g++) {
          const block = { G: select(G, 1, g * M, M), V: select(V, 1, g * C, C) };
          blocks.push(await apply(ofKernel, block, { ...attributes, groups: 1 }));
        }
        return [await apply(ofKernel, { G, V }, attributes), concatenate(blocks, 0)];
      },
    }),
    equalityLaw({
      ...input,
      id: `${ofInput}/law/groups-are-blocks`,
      title: "the input's gradient of each group is that of its own channels",
      samples: inputGradientCall(forward),
      sides: async (apply, call) => {
        const { G, K, attributes } = inputParts(call);
        const M = G.shape[1] / attributes.groups;
        const blocks: Tensor[] = [];
        for (let g = 0; g < attributes.groups; g++) {
          const block = { G: select(G, 1, g * M, M), K: select(K, 0, g * M, M) };
          blocks.push(await apply(ofInput, block, { ...attributes, groups: 1 }));
        }
        return [await apply(ofInput, { G, K }, attributes), concatenate(blocks, 1)];
      },
    }),
  ] as Law[];
};

const turned: readonly Law[] = [
  equalityLaw({
    id: "convolve-kernel-gradient/law/rot180",
    title: "the gradient of convolution's kernel is that of correlation's, turned by 180°",
    clauses: ["GRAD-7", "CORR-2"],
    operator: "convolve-kernel-gradient",
    samples: kernelGradientCall("convolve"),
    sides: async (apply, call) => {
      const { G, V, attributes } = kernelParts(call);
      return [
        await apply("convolve-kernel-gradient", { G, V }, attributes),
        rot180(await apply("correlate-kernel-gradient", { G, V }, attributes)),
      ];
    },
  }),
  equalityLaw({
    id: "convolve-input-gradient/law/rot180",
    title: "the gradient of convolution's input is that of correlation's, for the kernel turned by 180°",
    clauses: ["GRAD-8", "CORR-2"],
    operator: "convolve-input-gradient",
    samples: inputGradientCall("convolve"),
    sides: async (apply, call) => {
      const { G, K, attributes } = inputParts(call);
      return [
        await apply("convolve-input-gradient", { G, K }, attributes),
        await apply("correlate-input-gradient", { G, K: rot180(K) }, attributes),
      ];
    },
  }),
] as Law[];

const ones = (shape: Shape): Tensor => encode("f32", shape, Array<number>(sizeOf(shape)).fill(1));

const bias = equalityLaw({
  id: "bias-gradient/law/weight-of-ones",
  title: "a bias is the weight of an input of ones, and has its gradient",
  clauses: ["GRAD-9", "GRAD-3"],
  operator: "bias-gradient",
  samples: biasGradientCall(),
  sides: async (apply, { inputs }) => {
    const G = inputs.G as Tensor;
    const [N, O, ...P] = G.shape;
    const attributes = { ...unit(P.length), kernel: P.map(() => 1) };
    const dK = await apply("correlate-kernel-gradient", { G, V: ones([N, 1, ...P]) }, attributes);
    return [await apply("bias-gradient", { G }, {}), { ...dK, shape: [O] }];
  },
}) as Law;

/** The cross-correlation that a transposed one is the transpose of. */
const transposed = ({ outputPadding: _, ...same }: CorrelateTransposeAttributes): CorrelateAttributes => ({
  ...same,
  rounding: "floor",
});

/** Z [N, C, …X] with the bias b [C] added. */
const withBias = (Z: Tensor, b: Tensor): Tensor =>
  scaleAdd(
    1,
    Z,
    gather(b, Z.shape, ([, c]) => [c]),
  );

const transpose: readonly Law[] = [
  equalityLaw({
    id: "correlate-transpose/law/is-input-gradient",
    title: "transposed correlation is the input's gradient, to the extents that outputPadding says, and the bias",
    clauses: ["GRAD-10", "GRAD-6"],
    operator: "correlate-transpose",
    samples: transposeCall(),
    sides: async (apply, { inputs, attributes }) => {
      const { V, K, b } = inputs as { readonly V: Tensor; readonly K: Tensor; readonly b?: Tensor };
      const own = attributes as CorrelateTransposeAttributes;
      const Z = await apply("correlate-transpose", { V, K, b }, own);
      const dV = await apply("correlate-input-gradient", { G: V, K }, { ...transposed(own), input: Z.shape.slice(2) });
      return [Z, b ? withBias(dV, b) : dV];
    },
  }),
  equalityLaw({
    id: "correlate-transpose/law/output-padding-appends",
    title: "outputPadding changes no cell that is there without it",
    clauses: ["GRAD-10"],
    operator: "correlate-transpose",
    samples: transposeCall().map((call) => {
      const own = call.attributes as CorrelateTransposeAttributes;
      return { ...call, attributes: { ...own, padding: own.padding.map(() => [0, 0] as const) } };
    }),
    sides: async (apply: Apply, { inputs, attributes }: Invocation) => {
      const own = attributes as CorrelateTransposeAttributes;
      const none = { ...own, outputPadding: own.outputPadding.map(() => 0) };
      const short = await apply("correlate-transpose", inputs, none);
      return [short, first(await apply("correlate-transpose", inputs, own), short.shape.slice(2))];
    },
  }),
] as Law[];

const update: readonly Law[] = [
  equalityLaw({
    id: "update/law/steps-add-up",
    title: "two steps down two gradients are one step down their sum",
    clauses: ["OPT-2", "OPT-1"],
    operator: "update",
    samples: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
      fc.record({
        w: drawnTensor("f32", shape, "exact"),
        g: drawnTensor("f32", shape, "exact"),
        h: drawnTensor("f32", shape, "exact"),
        rate: fc.constantFrom(0.25, 0.5, 2),
      }),
    ),
    sides: async (apply, { w, g, h, rate }) => {
      const half = await apply("update", { w, g }, { rate });
      return [
        await apply("update", { w: half, g: h }, { rate }),
        await apply("update", { w, g: scaleAdd(1, g, h) }, { rate }),
      ];
    },
  }),
  equalityLaw({
    id: "update/law/no-rate-no-step",
    title: "a rate of zero leaves the weights as they are",
    clauses: ["OPT-1"],
    operator: "update",
    samples: fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: 0, maxLength: 5 })
      .chain((shape) => fc.record({ w: drawnTensor("f32", shape, "real"), g: drawnTensor("f32", shape, "real") })),
    sides: async (apply, { w, g }) => [await apply("update", { w, g }, { rate: 0 }), w],
  }),
] as Law[];

export const kernelGradientLaws: readonly Law[] = [
  byForward("by-correlation", "the kernel's gradient is the cross-correlation of y with δ", "correlate", (G) => G),
  byForward(
    "by-convolution",
    "the kernel's gradient is the convolution of y with δ turned by 180°",
    "convolve",
    rot180,
  ),
  byFull("by-convolution", "the input's gradient is the full convolution of δ with the kernel", "convolve", (K) => K),
  byFull(
    "by-correlation",
    "the input's gradient is the full cross-correlation of δ with the kernel turned by 180°",
    "correlate",
    rot180,
  ),
  ...forwards.flatMap(shared),
  ...turned,
  bias,
  ...transpose,
  ...update,
];
