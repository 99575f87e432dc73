import { decode, encode } from "../../reference/index.ts";
import {
  type ClauseId,
  type InputExtents,
  type OperatorName,
  type PoolAttributes,
  pooledShape,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import { distinctTensor } from "../arbitraries/distinct.ts";
import { linearPoolGradientCall, poolGradientCall } from "../arbitraries/pool.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";
import { scaleAdd } from "./rearrange.ts";

type Tensors = { readonly V: Tensor; readonly G: Tensor };

const tensors = (call: Invocation): Tensors => call.inputs as Tensors;

const scalar = (value: number): Tensor => ({ dtype: "f64", shape: [1], data: Float64Array.of(value) });

const dot = (a: Tensor, b: Tensor): Tensor =>
  scalar((a.data as Float32Array).reduce((total, value, at) => total + (b.data[at] === 0 ? 0 : value * b.data[at]), 0));

const zero = (like: Tensor): Tensor => ({ ...like, data: like.data.map(() => 0) });

/** A window of one cell at unit stride over an input of the extents of G. */
const oneCell = (attributes: PoolAttributes): PoolAttributes => {
  const ones = attributes.window.map(() => 1);
  return { ...attributes, window: ones, stride: ones, dilation: ones, padding: "valid" };
};

/** The same input under a window of one cell, with an error for each element. */
const withOneCell = <N extends "max-pool-gradient" | "l2-pool-gradient">(call: Invocation<N>) =>
  drawnTensor("f32", tensors(call).V.shape, "exact").map(
    (G): Invocation<N> => ({
      ...call,
      inputs: { ...call.inputs, G },
      attributes: oneCell(call.attributes) as Invocation<N>["attributes"],
    }),
  );

const linear = (operator: "average-pool-gradient" | "sum-pool-gradient" | "weighted-pool-gradient", clause: ClauseId) =>
  equalityLaw({
    id: `${operator}/law/one-cell-is-identity`,
    title: "a window of one cell at unit stride gives the error back",
    clauses: [clause],
    operator,
    samples: linearPoolGradientCall(operator),
    sides: async (apply, call) => {
      const { G } = tensors(call);
      const attributes = { ...call.attributes, ...oneCell(call.attributes), input: G.shape.slice(2) };
      return [await apply<OperatorName>(operator, { G }, attributes as never), G];
    },
  });

/** The calls of max-pool-gradient in which no two elements tie. */
const untied = poolGradientCall("max-pool-gradient").chain((call) =>
  distinctTensor(tensors(call).V.shape).map((V) => ({ ...call, inputs: { ...call.inputs, V } })),
);

const routing: Law[] = [
  equalityLaw({
    id: "max-pool-gradient/law/one-cell-is-identity",
    title: "a window of one cell at unit stride gives the error back",
    clauses: ["GRAD-20"],
    operator: "max-pool-gradient",
    samples: poolGradientCall("max-pool-gradient").chain(withOneCell),
    sides: async (apply, call) => [await apply("max-pool-gradient", call.inputs, call.attributes), tensors(call).G],
  }),
  equalityLaw({
    id: "max-pool-gradient/law/euler",
    title: "⟨V, dV⟩ = ⟨Z, G⟩: every error arrives once, at an element as large as the maximum, ties or not",
    clauses: ["GRAD-20"],
    operator: "max-pool-gradient",
    samples: poolGradientCall("max-pool-gradient"),
    sides: async (apply, call) => {
      const { V, G } = tensors(call);
      const Z = await apply("max-pool", { V }, call.attributes);
      const dV = await apply("max-pool-gradient", call.inputs, call.attributes);
      const held = { ...Z, data: (Z.data as Float32Array).map((value) => (Number.isFinite(value) ? value : 0)) };
      return [dot(V, dV), dot(held, G)];
    },
  }),
  equalityLaw({
    id: "max-pool-gradient/law/goes-to-the-winners",
    title: "the error of each window is added at the place that max-pool-winners names",
    clauses: ["GRAD-20", "POOL-11"],
    operator: "max-pool-gradient",
    samples: untied,
    sides: async (apply, call) => {
      const { V, G } = tensors(call);
      const W = await apply("max-pool-winners", { V }, call.attributes);
      const [plane, windows] = [sizeOf(V.shape.slice(2)), sizeOf(G.shape.slice(2))];
      const sums = new Float64Array(V.data.length);
      for (const [at, place] of Array.from(decode(W)).entries())
        if (place >= 0) sums[Math.floor(at / windows) * plane + place] += G.data[at];
      return [await apply("max-pool-gradient", call.inputs, call.attributes), encode("f32", V.shape, sums)];
    },
  }),
];

const spreading: Law[] = [
  equalityLaw({
    id: "average-pool-gradient/law/is-a-share-of-the-sum",
    title: "with one divisor for all windows, the gradient of the average is that of the sum, divided",
    clauses: ["GRAD-21", "GRAD-22"],
    operator: "average-pool-gradient",
    samples: linearPoolGradientCall("average-pool-gradient").chain((call) => {
      // With 1, 2 or 4 cells on an axis the division is exact.
      const window = call.attributes.window.map((r) => [1, 2, 4][r % 3]);
      const attributes = {
        ...call.attributes,
        window,
        padding: "same" as const,
        divisor: "padded" as const,
        rounding: "floor" as const,
      };
      const shape = pooledShape([...tensors(call).G.shape.slice(0, 2), ...attributes.input], attributes);
      return drawnTensor("f32", shape, "exact").map((G) => ({ ...call, inputs: { G }, attributes }));
    }),
    sides: async (apply, call) => {
      const { divisor: _, ...attributes } = call.attributes;
      const shares = await apply("average-pool-gradient", call.inputs, call.attributes);
      const whole = await apply("sum-pool-gradient", call.inputs, attributes as PoolAttributes & InputExtents);
      return [scaleAdd(sizeOf(attributes.window), shares, zero(shares)), whole];
    },
  }),
  equalityLaw({
    id: "l2-pool-gradient/law/scale-free",
    title: "an input twice as large has the same gradient: the norm grows with it",
    clauses: ["GRAD-23"],
    operator: "l2-pool-gradient",
    samples: poolGradientCall("l2-pool-gradient"),
    sides: async (apply, call) => {
      const { V, G } = tensors(call);
      const doubled = scaleAdd(2, V, zero(V));
      return [
        await apply("l2-pool-gradient", { V: doubled, G }, call.attributes),
        await apply("l2-pool-gradient", { V, G }, call.attributes),
      ];
    },
  }),
  equalityLaw({
    id: "l2-pool-gradient/law/one-cell-is-the-sign",
    title: "a window of one cell at unit stride gives the error the sign of the element, and 0 where that is 0",
    clauses: ["GRAD-23"],
    operator: "l2-pool-gradient",
    samples: poolGradientCall("l2-pool-gradient").chain(withOneCell),
    sides: async (apply, call) => {
      const { V, G } = tensors(call);
      const signed = { ...G, data: (G.data as Float32Array).map((error, at) => error * Math.sign(V.data[at])) };
      return [await apply("l2-pool-gradient", call.inputs, call.attributes), signed];
    },
  }),
];

/** The laws of the gradients of pooling windows; that linear ones are adjoint is asked of every gradient. */
export const poolGradientLaws: readonly Law[] = [
  linear("average-pool-gradient", "GRAD-21"),
  linear("sum-pool-gradient", "GRAD-22"),
  linear("weighted-pool-gradient", "GRAD-24"),
  ...routing,
  ...spreading,
] as Law[];
