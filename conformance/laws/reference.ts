import { type DType, type OperatorName, operatorNamed, operatorNames } from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import type { Values } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { againstReference } from "../oracle.ts";
import type { Law } from "./law.ts";

const law = (operator: OperatorName, values: Values, dtype: DType): Law<Invocation> => ({
  id: `${operator}/law/reference-${values}`,
  title:
    values === "exact"
      ? "any call on integers gives the exact result"
      : "any call on real data stays within the derived bound",
  clauses: operatorNamed(operator).clauses,
  operator,
  dtype,
  samples: drawnCall(operator, { values, dtype }),
  holds: againstReference,
});

/** Every operator agrees with the exact reference on whatever valid call is drawn. */
export const referenceLaws: readonly Law[] = operatorNames.flatMap((operator) =>
  (["f32", "f64"] as const).flatMap((dtype) => [law(operator, "exact", dtype), law(operator, "real", dtype)]),
) as Law[];
