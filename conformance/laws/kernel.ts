import fc from "fast-check";
import { type ClauseId, type CorrelateAttributes, resolveWindow, type Tensor } from "../../spec/index.ts";
import { kernelCall } from "../arbitraries/kernel.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";
import {
  concatenate,
  padded,
  rot180,
  scaleAdd,
  select,
  shifted,
  spread,
  subsample,
  swapChannels,
} from "./rearrange.ts";

type KernelOperator = "correlate" | "convolve";
type Call = Invocation<KernelOperator>;
type Tensors = { readonly V: Tensor; readonly K: Tensor; readonly b?: Tensor };

const parts = (call: Call): Tensors & { readonly attributes: CorrelateAttributes } => ({
  ...(call.inputs as Tensors),
  attributes: call.attributes,
});

/** The attributes with their padding as counts: what a law can take apart. */
const resolved = (call: Call) => {
  const { V, K, attributes } = parts(call);
  const { begin, end, extents } = resolveWindow(V.shape.slice(2), K.shape.slice(2), attributes);
  return { begin, end, extents, padding: begin.map((cells, axis) => [cells, end[axis]] as const) };
};

const samples = (operator: KernelOperator) => kernelCall(operator) as fc.Arbitrary<Call>;

const own = (operator: KernelOperator, correlate: ClauseId): ClauseId[] => [
  operator === "correlate" ? correlate : "CONV-5",
];

/** The laws that cross-correlation and convolution share. */
const shared = (operator: KernelOperator): Law[] => {
  const other: KernelOperator = operator === "correlate" ? "convolve" : "correlate";
  return [
    equalityLaw({
      id: `${operator}/law/rot180`,
      title: "rotating the kernel by 180° turns correlation into convolution and back",
      clauses: ["CORR-2", "CONV-7"],
      operator,
      samples: samples(operator),
      sides: async (apply, call) => {
        const { V, K, b, attributes } = parts(call);
        return [await apply(operator, { V, K, b }, attributes), await apply(other, { V, K: rot180(K), b }, attributes)];
      },
    }),
    equalityLaw({
      id: `${operator}/law/linear-in-input`,
      title: "the result for aV + W is a times that for V plus that for W",
      clauses: own(operator, "CORR-3"),
      operator,
      samples: samples(operator).chain((call) => {
        const { V } = parts(call);
        return fc.tuple(fc.constant(call), drawnTensor("f32", V.shape, "exact"), fc.integer({ min: -3, max: 4 }));
      }),
      sides: async (apply, [call, W, a]) => {
        const { V, K, attributes } = parts(call);
        const [left, ofV, ofW] = [
          await apply(operator, { V: scaleAdd(a, V, W), K }, attributes),
          await apply(operator, { V, K }, attributes),
          await apply(operator, { V: W, K }, attributes),
        ];
        return [left, scaleAdd(a, ofV, ofW)];
      },
    }),
    equalityLaw({
      id: `${operator}/law/linear-in-kernel`,
      title: "the result for aK + L is a times that for K plus that for L",
      clauses: own(operator, "CORR-3"),
      operator,
      samples: samples(operator).chain((call) => {
        const { K } = parts(call);
        return fc.tuple(fc.constant(call), drawnTensor("f32", K.shape, "exact"), fc.integer({ min: -3, max: 4 }));
      }),
      sides: async (apply, [call, L, a]) => {
        const { V, K, attributes } = parts(call);
        const [left, ofK, ofL] = [
          await apply(operator, { V, K: scaleAdd(a, K, L) }, attributes),
          await apply(operator, { V, K }, attributes),
          await apply(operator, { V, K: L }, attributes),
        ];
        return [left, scaleAdd(a, ofK, ofL)];
      },
    }),
    equalityLaw({
      id: `${operator}/law/stride-subsamples`,
      title: "a stride takes every s-th element of the result at unit stride",
      clauses: own(operator, "CORR-4"),
      operator,
      samples: kernelCall(operator, { roundings: ["floor", "strict"] }) as fc.Arbitrary<Call>,
      sides: async (apply, call) => {
        const { V, K, b, attributes } = parts(call);
        const { padding, extents } = resolved(call);
        const unit = { ...attributes, padding, rounding: "floor" as const, stride: attributes.stride.map(() => 1) };
        const dense = await apply(operator, { V, K, b }, unit);
        return [await apply(operator, { V, K, b }, attributes), subsample(dense, attributes.stride, extents)];
      },
    }),
    equalityLaw({
      id: `${operator}/law/padding-is-zeros`,
      title: "padding gives what zeros written around the input give",
      clauses: own(operator, "CORR-5"),
      operator,
      samples: kernelCall(operator, { roundings: ["floor", "strict"] }) as fc.Arbitrary<Call>,
      sides: async (apply, call) => {
        const { V, K, b, attributes } = parts(call);
        const { begin, end } = resolved(call);
        return [
          await apply(operator, { V, K, b }, attributes),
          await apply(operator, { V: padded(V, begin, end), K, b }, { ...attributes, padding: "valid" }),
        ];
      },
    }),
    equalityLaw({
      id: `${operator}/law/dilation-spreads`,
      title: "dilation gives what zeros written between the taps give",
      clauses: own(operator, "CORR-6"),
      operator,
      samples: samples(operator),
      sides: async (apply, call) => {
        const { V, K, b, attributes } = parts(call);
        const dense = { ...attributes, dilation: attributes.dilation.map(() => 1) };
        return [
          await apply(operator, { V, K, b }, attributes),
          await apply(operator, { V, K: spread(K, attributes.dilation), b }, dense),
        ];
      },
    }),
    equalityLaw({
      id: `${operator}/law/groups-are-blocks`,
      title: "each group is an operator of its own on its own channels",
      clauses: own(operator, "CORR-7"),
      operator,
      samples: samples(operator),
      sides: async (apply, call) => {
        const { V, K, b, attributes } = parts(call);
        const [O, C] = K.shape;
        const perGroup = O / attributes.groups;
        const blocks: Tensor[] = [];
        for (let g = 0; g < attributes.groups; g++) {
          const block = {
            V: select(V, 1, g * C, C),
            K: select(K, 0, g * perGroup, perGroup),
            ...(b ? { b: select(b, 0, g * perGroup, perGroup) } : {}),
          };
          blocks.push(await apply(operator, block, { ...attributes, groups: 1 }));
        }
        return [await apply(operator, { V, K, b }, attributes), concatenate(blocks, 1)];
      },
    }),
    equalityLaw({
      id: `${operator}/law/batch-is-samples`,
      title: "a batch gives what its samples give one by one",
      clauses: own(operator, "CORR-9"),
      operator,
      samples: samples(operator).filter((call) => parts(call).V.shape[0] > 0),
      sides: async (apply, call) => {
        const { V, K, b, attributes } = parts(call);
        const each: Tensor[] = [];
        for (let n = 0; n < V.shape[0]; n++) each.push(await apply(operator, { V: select(V, 0, n), K, b }, attributes));
        return [await apply(operator, { V, K, b }, attributes), concatenate(each, 0)];
      },
    }),
    equalityLaw({
      id: `${operator}/law/equivariance`,
      title: "shifting the input by whole strides shifts the output, away from the border",
      clauses: [...own(operator, "CORR-4"), "EQUI-1", "EQUI-3"],
      operator,
      samples: (kernelCall(operator, { roundings: ["floor"] }) as fc.Arbitrary<Call>).map((call) => {
        // Zeros behind the data leave room for it to move.
        const { V, K, attributes } = parts(call);
        const room = attributes.stride.map((s, axis) => s + (K.shape[axis + 2] - 1) * attributes.dilation[axis]);
        const begin = room.map((cells) => cells);
        return {
          ...call,
          inputs: {
            K,
            V: padded(
              V,
              begin,
              room.map((cells, axis) => cells + attributes.stride[axis]),
            ),
          },
          attributes: { ...attributes, padding: "valid" as const },
        };
      }),
      sides: async (apply, call) => {
        const { V, K, attributes } = parts(call);
        const still = await apply(operator, { V, K }, attributes);
        const moved = await apply(operator, { V: shifted(V, attributes.stride), K }, attributes);
        return [
          moved,
          shifted(
            still,
            attributes.stride.map(() => 1),
          ),
        ];
      },
    }),
  ];
};

const fullWindow = (axes: number): CorrelateAttributes => ({
  stride: Array<number>(axes).fill(1),
  dilation: Array<number>(axes).fill(1),
  padding: "full",
  rounding: "floor",
  groups: 1,
});

/** Two tensors with the roles of input [1, C, …X] and kernel [C, C, …R] and as many axes. */
const twoSignals = fc.integer({ min: 1, max: 3 }).chain((axes) => {
  const extents = fc.array(fc.integer({ min: 1, max: [9, 5, 3][axes - 1] }), { minLength: axes, maxLength: axes });
  return fc
    .tuple(extents, extents)
    .chain(([X, R]) => fc.tuple(drawnTensor("f32", [1, 1, ...X], "exact"), drawnTensor("f32", [1, 1, ...R], "exact")));
});

const convolution: Law[] = [
  equalityLaw({
    id: "convolve/law/commutative",
    title: "I ∗ K = K ∗ I over every overlap, for one channel",
    clauses: ["CONV-6", "CONV-4"],
    operator: "convolve",
    samples: twoSignals,
    sides: async (apply, [I, K]) => {
      const attributes = fullWindow(I.shape.length - 2);
      return [await apply("convolve", { V: I, K }, attributes), await apply("convolve", { V: K, K: I }, attributes)];
    },
  }),
  equalityLaw({
    id: "convolve/law/associative",
    title: "(I ∗ K) ∗ L = I ∗ (K ∗ L) over every overlap, for one channel",
    clauses: ["CONV-6"],
    operator: "convolve",
    samples: fc
      .tuple(twoSignals, fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }))
      .chain(([[I, K], L]) =>
        fc.tuple(
          fc.constant(I),
          fc.constant(K),
          drawnTensor("f32", [1, 1, ...L.slice(0, I.shape.length - 2)], "exact"),
        ),
      ),
    sides: async (apply, [I, K, L]) => {
      const attributes = fullWindow(I.shape.length - 2);
      const IK = await apply("convolve", { V: I, K }, attributes);
      const KL = await apply("convolve", { V: K, K: L }, attributes);
      return [
        await apply("convolve", { V: IK, K: L }, attributes),
        await apply("convolve", { V: I, K: KL }, attributes),
      ];
    },
  }),
];

const correlation: Law[] = [
  equalityLaw({
    id: "correlate/law/mirror",
    title: "mirroring input and kernel mirrors the output, at unit stride",
    clauses: ["CORR-2"],
    operator: "correlate",
    samples: twoSignals,
    sides: async (apply, [I, K]) => {
      const attributes = fullWindow(I.shape.length - 2);
      const mirrored = await apply("correlate", { V: rot180(I), K: rot180(K) }, attributes);
      return [rot180(await apply("correlate", { V: I, K }, attributes)), mirrored];
    },
  }),
  equalityLaw({
    id: "correlate/law/adjoint",
    title: "⟨V ⊗ K, Z⟩ = ⟨V, Z ∗ K⟩: convolution is the transpose of correlation",
    clauses: ["CORR-2", "CONV-7"],
    operator: "correlate",
    samples: (kernelCall("correlate", { roundings: ["floor"] }) as fc.Arbitrary<Call>)
      .filter((call) => parts(call).attributes.groups === 1 && parts(call).V.shape[0] === 1)
      .map((call) => {
        const { V, K, attributes } = parts(call);
        const ones = attributes.stride.map(() => 1);
        return { V, K, attributes: { ...attributes, stride: ones, padding: "full" as const } };
      })
      .chain(({ V, K, attributes }) => {
        const { extents } = resolveWindow(V.shape.slice(2), K.shape.slice(2), attributes);
        return fc.record({
          V: fc.constant(V),
          K: fc.constant(K),
          attributes: fc.constant(attributes),
          Z: drawnTensor("f32", [1, K.shape[0], ...extents], "exact"),
        });
      }),
    sides: async (apply, { V, K, attributes, Z }) => {
      const forward = await apply("correlate", { V, K }, attributes);
      const backward = await apply("convolve", { V: Z, K: swapChannels(K) }, { ...attributes, padding: "valid" });
      const dot = (a: Tensor, b: Tensor): Tensor => ({
        dtype: "f64",
        shape: [1],
        data: Float64Array.of((a.data as Float32Array).reduce((total, value, at) => total + value * b.data[at], 0)),
      });
      return [dot(forward, Z), dot(V, backward)];
    },
  }),
];

export const kernelLaws: readonly Law[] = [
  ...shared("correlate"),
  ...shared("convolve"),
  ...correlation,
  ...convolution,
] as Law[];
