import {
  type Backend,
  type DType,
  declarationOf,
  type OperatorName,
  operatorNamed,
  operatorNames,
  smallestNormal,
} from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import type { Values } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { againstReference } from "../oracle.ts";
import type { Law } from "./law.ts";

const says = {
  exact: "any call on integers gives the exact result",
  real: "any call on real data stays within the derived bound",
  special: "any call on data with a few NaN, infinities, signed zeros and subnormals gives what IEEE 754 decides",
  extreme: "any call on data at both ends of the format's range stays within the derived bound",
  small:
    "any call on numbers below 10^−11 stays within the derived bound: nothing is added to them, and nothing clamped",
  patterned: "any call on data that invites a shortcut, all zero, all equal or mostly zero, is computed all the same",
} as const;

type Said = keyof typeof says & Values;

/** The call as a backend may read it that declares that it takes subnormals as zero; another backend reads it as it is. */
function flushed(backend: Backend, call: Invocation): Invocation {
  if (!declarationOf(backend, call.operator).flushesSubnormals) return call;
  const inputs = Object.entries(call.inputs).map(([name, tensor]) => {
    if (tensor === undefined || tensor.dtype === "f16") return [name, tensor];
    const least = smallestNormal(tensor.dtype);
    return [name, { ...tensor, data: tensor.data.map((value) => (Math.abs(value) < least ? 0 : value)) }];
  });
  return { ...call, inputs: Object.fromEntries(inputs) };
}

const law = (operator: OperatorName, values: Said, dtype: DType): Law<Invocation> => ({
  id: `${operator}/law/reference-${values}`,
  title: says[values],
  clauses: operatorNamed(operator).clauses,
  operator,
  dtype,
  samples: drawnCall(operator, { values, dtype }),
  holds: (backend, call) => againstReference(backend, flushed(backend, call)),
});

const inFormat: Readonly<Record<DType, readonly Said[]>> = {
  f16: ["exact", "real"],
  f32: ["exact", "real", "special", "extreme", "small", "patterned"],
  f64: ["exact", "real"],
};

/**
 * What is computed by formulas that are arranged in several ways, which agree only where no partial result overflows,
 * vanishes or is not finite: their special values are written down case by case.
 */
const arranged = /^batch-norm|^l2-pool-gradient$/;

/** Weighted products and squares leave the format's range on the way to a result that does not. */
const weighted = /^weighted-pool|^l2-pool$/;

/** What has a divisor or a root of its own, which invites a constant beside it; the others have the law on extremes. */
const rooted = /^(weighted|l2)-pool/;

/** Whether an operator has the law on such data. */
export function isHeld(operator: OperatorName, values: Said): boolean {
  if (values === "special") return !arranged.test(operator);
  if (values === "extreme") return !arranged.test(operator) && !weighted.test(operator);
  return values !== "small" || rooted.test(operator);
}

/** Every operator agrees with the exact reference on whatever valid call is drawn. */
export const referenceLaws: readonly Law[] = operatorNames.flatMap((operator) =>
  (["f16", "f32", "f64"] as const).flatMap((dtype) =>
    inFormat[dtype].filter((values) => isHeld(operator, values)).map((values) => law(operator, values, dtype)),
  ),
) as Law[];
