import { type DType, type OperatorName, operatorNamed, operatorNames } from "../../spec/index.ts";
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
  patterned: "any call on data that invites a shortcut, all zero, all equal or mostly zero, is computed all the same",
} as const;

type Said = keyof typeof says & Values;

const law = (operator: OperatorName, values: Said, dtype: DType): Law<Invocation> => ({
  id: `${operator}/law/reference-${values}`,
  title: says[values],
  clauses: operatorNamed(operator).clauses,
  operator,
  dtype,
  samples: drawnCall(operator, { values, dtype }),
  holds: againstReference,
});

const inFormat: Readonly<Record<DType, readonly Said[]>> = {
  f16: ["exact", "real"],
  f32: ["exact", "real", "special", "extreme", "patterned"],
  f64: ["exact", "real"],
};

/** What is arranged in several ways that agree only where everything is finite: an error of ∞ may give ∞ or NaN. */
const arranged: readonly OperatorName[] = ["batch-norm-gradient"];

/** Every operator agrees with the exact reference on whatever valid call is drawn. */
export const referenceLaws: readonly Law[] = operatorNames.flatMap((operator) =>
  (["f16", "f32", "f64"] as const).flatMap((dtype) =>
    inFormat[dtype]
      .filter((values) => values !== "special" || !arranged.includes(operator))
      .map((values) => law(operator, values, dtype)),
  ),
) as Law[];
