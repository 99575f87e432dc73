import fc from "fast-check";
import type { ConcatenateGradientAttributes, Tensor } from "../../spec/index.ts";
import { concatenateCall, concatenateGradientCall } from "../arbitraries/concatenate.ts";
import { addCall, reluCall, reluGradientCall } from "../arbitraries/elementwise.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";
import { concatenate, scaleAdd } from "./rearrange.ts";

const input = (call: Invocation, name: string): Tensor => call.inputs[name] as Tensor;

const zeros = (like: Tensor): Tensor => scaleAdd(-1, like, like);

const reluLaws: Law[] = [
  equalityLaw({
    id: "relu/law/idempotent",
    title: "what has been through it once is not changed again",
    clauses: ["ACT-1"],
    operator: "relu",
    samples: reluCall(),
    sides: async (apply, call) => {
      const once = await apply("relu", { V: input(call, "V") }, {});
      return [await apply("relu", { V: once }, {}), once];
    },
  }),
  equalityLaw({
    id: "relu/law/positive-less-negative-part",
    title: "the positive part of V less that of −V is V",
    clauses: ["ACT-1"],
    operator: "relu",
    samples: reluCall(),
    sides: async (apply, call) => {
      const V = input(call, "V");
      const negative = await apply("relu", { V: scaleAdd(-1, V, zeros(V)) }, {});
      return [scaleAdd(-1, negative, await apply("relu", { V }, {})), V];
    },
  }),
  equalityLaw({
    id: "relu/law/scales",
    title: "a factor that is not negative may be taken before or after it",
    clauses: ["ACT-1"],
    operator: "relu",
    samples: fc.tuple(reluCall(), fc.integer({ min: 0, max: 5 })),
    sides: async (apply, [call, a]) => {
      const V = input(call, "V");
      const scaled = await apply("relu", { V: scaleAdd(a, V, zeros(V)) }, {});
      const Z = await apply("relu", { V }, {});
      return [scaled, scaleAdd(a, Z, zeros(Z))];
    },
  }),
  equalityLaw({
    id: "relu-gradient/law/of-itself",
    title: "the activation as its own error gives the positive part of it",
    clauses: ["GRAD-45", "ACT-1"],
    operator: "relu-gradient",
    samples: reluGradientCall(),
    sides: async (apply, call) => {
      const V = input(call, "V");
      return [await apply("relu-gradient", { V, G: V }, {}), await apply("relu", { V }, {})];
    },
  }),
  equalityLaw({
    id: "relu-gradient/law/linear-in-error",
    title: "the gradient for aG + E is a times that for G plus that for E",
    clauses: ["GRAD-45"],
    operator: "relu-gradient",
    samples: reluGradientCall().chain((call) =>
      fc.tuple(fc.constant(call), drawnTensor("f32", input(call, "G").shape, "exact"), fc.integer({ min: -3, max: 4 })),
    ),
    sides: async (apply, [call, E, a]) => {
      const [V, G] = [input(call, "V"), input(call, "G")];
      const of = (error: Tensor) => apply("relu-gradient", { V, G: error }, {});
      return [await of(scaleAdd(a, G, E)), scaleAdd(a, await of(G), await of(E))];
    },
  }),
];

const addLaws: Law[] = [
  equalityLaw({
    id: "add/law/commutative",
    title: "what went in and what came out may change places",
    clauses: ["NET-1"],
    operator: "add",
    samples: addCall(),
    sides: async (apply, call) => {
      const [a, b] = [input(call, "a"), input(call, "b")];
      return [await apply("add", { a, b }, {}), await apply("add", { a: b, b: a }, {})];
    },
  }),
  equalityLaw({
    id: "add/law/gradient-is-identity",
    title: "the sum moves as either part moves: the gradient from above is the gradient of each",
    clauses: ["NET-1"],
    operator: "add",
    samples: addCall().chain((call) =>
      fc.tuple(fc.constant(call), drawnTensor("f32", input(call, "a").shape, "exact"), fc.boolean()),
    ),
    sides: async (apply, [call, h, first]) => {
      const [a, b] = [input(call, "a"), input(call, "b")];
      const still = await apply("add", { a, b }, {});
      const moved = first ? { a: scaleAdd(1, a, h), b } : { a, b: scaleAdd(1, b, h) };
      return [scaleAdd(-1, still, await apply("add", moved, {})), h];
    },
  }),
];

const branchesOf = (call: Invocation): Tensor[] => ["a", "b", "c", "d"].flatMap((name) => call.inputs[name] ?? []);

const concatenateLaws: Law[] = [
  equalityLaw({
    id: "concatenate/law/parts-come-back",
    title: "each branch stands whole in the result, in its order",
    clauses: ["NET-2"],
    operator: "concatenate",
    samples: concatenateCall(),
    sides: async (apply, call) => [await apply("concatenate", call.inputs, {}), concatenate(branchesOf(call), 1)],
  }),
  equalityLaw({
    id: "concatenate/law/associative",
    title: "three branches at once are two, and then the third",
    clauses: ["NET-2"],
    operator: "concatenate",
    samples: concatenateCall().filter((call) => branchesOf(call).length === 3),
    sides: async (apply, call) => {
      const [a, b, c] = branchesOf(call);
      const pair = await apply("concatenate", { a, b }, {});
      return [await apply("concatenate", { a, b, c }, {}), await apply("concatenate", { a: pair, b: c }, {})];
    },
  }),
  equalityLaw({
    id: "concatenate-gradient/law/undoes-concatenation",
    title: "the parts of the error, put together again, are the error",
    clauses: ["GRAD-51", "NET-2"],
    operator: "concatenate-gradient",
    samples: concatenateGradientCall(),
    sides: async (apply, call) => {
      const G = input(call, "G");
      const { channels } = call.attributes as unknown as ConcatenateGradientAttributes;
      const parts: Tensor[] = [];
      for (const part of channels.keys()) parts.push(await apply("concatenate-gradient", { G }, { channels, part }));
      const [a, b, c, d] = parts;
      return [await apply("concatenate", { a, b, c, d }, {}), G];
    },
  }),
];

/** The laws of what works element by element, or moves elements only. */
export const elementwiseLaws: readonly Law[] = [...reluLaws, ...addLaws, ...concatenateLaws];
