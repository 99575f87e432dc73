import fc from "fast-check";
import {
  type Call,
  type ClauseId,
  type DType,
  type OperatorName,
  operatorNamed,
  type Tensor,
  zeros,
} from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import type { Values } from "../arbitraries/tensor.ts";
import { attempt } from "../attempt.ts";
import type { Check, Invocation, Verdict } from "../check.ts";
import { adjoint, centralDifference, directional, holds, type Identity } from "../gradient/identities.ts";
import { type GradientSample, gradientCall, samplesOf } from "../gradient/samples.ts";
import { type Gradient, gradients } from "../gradients.ts";
import type { Law } from "../laws/law.ts";
import { againstReference } from "../oracle.ts";
import { tryOut } from "./law.ts";

/** How many samples are drawn for a gradient operator that serves one input, and for one that serves more. */
const draws = [12, 24] as const;

/** What a gradient check asks of the entries of one gradient operator. */
interface Question {
  readonly name: string;
  /** The clause that it puts to the test, beside the defining one, where the operator realises it. */
  readonly clause?: ClauseId;
  readonly title: string;
  readonly dtype: DType;
  readonly values: Values;
  /** The entries that it can be asked of. */
  readonly asks: (gradient: Gradient) => boolean;
  readonly holds: Law<GradientSample>["holds"];
}

const isLinear = ({ dependence }: Gradient): boolean => dependence === "linear";

const identity = (
  name: string,
  title: string,
  dtype: DType,
  values: Values,
  asks: Question["asks"],
  by: Identity,
): Question => ({ name, title, dtype, values, asks, holds: holds(by) });

/** The call with a batch of no samples; undefined where it has no batch, or one that may not be empty. */
function emptied(call: Invocation): Invocation | undefined {
  const signature = operatorNamed(call.operator);
  const [first] = signature.inputs;
  const tensor = call.inputs[first] as Tensor;
  const empty = { ...call, inputs: { ...call.inputs, [first]: zeros(tensor.dtype, [0, ...tensor.shape.slice(1)]) } };
  return signature.constraints.every(({ violation }) => violation(empty as unknown as Call) === undefined)
    ? empty
    : undefined;
}

const hasBatch = ({ forward }: Gradient): boolean =>
  fc.sample(drawnCall(forward), { seed: 1, numRuns: 5 }).every((call) => emptied(call) !== undefined);

const said = (verdict: Verdict, when: string): Verdict =>
  verdict.status === "fail"
    ? { ...verdict, failure: { ...verdict.failure, message: `${when}: ${verdict.failure.message}` } }
    : verdict;

/** The gradient of a batch of no samples, after one that left something behind. */
const zeroBatch: Question["holds"] = async (backend, { gradient, call, G }) => {
  const before = await againstReference(backend, gradientCall({ gradient, call, G }));
  if (before.status !== "pass") return before;
  const empty = emptied(call) as Invocation;
  const nothing = zeros(G.dtype, [0, ...G.shape.slice(1)]);
  const after = await againstReference(backend, gradientCall({ gradient, call: empty, G: nothing }));
  return said(after, "for a batch of no samples, after another one");
};

/** A gradient that no other gradient of the same forward call was asked for beside. */
const alone: Question["holds"] = async (backend, { gradient, call, G }) => {
  await attempt(backend, call, () => ({ status: "pass", margin: 0 }));
  return said(
    await againstReference(backend, gradientCall({ gradient, call, G })),
    `asked for ${gradient.input} alone, after ${gradient.forward}`,
  );
};

const questions: readonly Question[] = [
  identity(
    "central-difference",
    "the central difference of the forward operator along a direction is the gradient's inner product with it",
    "f32",
    "exact",
    isLinear,
    centralDifference,
  ),
  {
    ...identity("adjoint", "⟨A·V, G⟩ = ⟨V, Aᵀ·G⟩ on integers", "f32", "exact", isLinear, adjoint),
    clause: "GRAD-11",
  },
  {
    ...identity("adjoint-real", "⟨A·V, G⟩ = ⟨V, Aᵀ·G⟩ within the derived bounds", "f32", "real", isLinear, adjoint),
    clause: "GRAD-11",
  },
  ...(["f32", "f64"] as const).flatMap((dtype) => [
    identity(
      "dual",
      "the derivative of the forward formula along a direction is the gradient's inner product with it",
      dtype,
      "exact",
      () => true,
      directional,
    ),
    identity(
      "dual-real",
      "on real data the gradient is that of the forward formula, within the derived bounds",
      dtype,
      "real",
      () => true,
      directional,
    ),
  ]),
  {
    name: "zero-batch",
    clause: "GRAD-12",
    title: "a batch of no samples has the gradient of an empty sum",
    dtype: "f32",
    values: "exact",
    asks: hasBatch,
    holds: zeroBatch,
  },
  {
    name: "alone",
    title: "the gradient is right where no other is asked for",
    dtype: "f32",
    values: "exact",
    asks: () => true,
    holds: alone,
  },
];

/** One question put to a gradient operator, at samples of every forward operator that it serves. */
function checkOf(operator: OperatorName, { name, title, dtype, values, asks, clause, holds: rule }: Question): Check[] {
  const served = gradients.filter((gradient) => gradient.gradient === operator && asks(gradient));
  if (served.length === 0) return [];
  const law: Law<GradientSample> = {
    id: `${operator}/gradient/${name}`,
    title,
    clauses: operatorNamed(operator).clauses.filter((id, at) => at === 0 || id === clause),
    operator,
    dtype,
    // So few draws should not begin with the smallest: extents of 1 come often enough by themselves.
    samples: fc.noBias(fc.oneof(...served.map((gradient) => samplesOf(gradient, dtype, values)))),
    draws: draws[served.length > 1 ? 1 : 0],
    holds: rule,
  };
  return [
    {
      id: `${law.id}@${dtype}`,
      title,
      clauses: law.clauses,
      operator,
      kind: "gradient",
      dtype,
      run: (backend, seed) => tryOut(law as Law, backend, seed),
    },
  ];
}

/** The checks that follow from the registry of gradients, operator by operator. */
export const gradientChecks: readonly Check[] = [...new Set(gradients.map(({ gradient }) => gradient))].flatMap(
  (operator) => questions.flatMap((question) => checkOf(operator, question)),
);
