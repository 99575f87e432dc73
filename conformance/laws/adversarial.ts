import { type OperatorName, operatorNamed } from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import { type Adversarial, adversarial } from "../arbitraries/tensor.ts";
import type { Invocation } from "../check.ts";
import { gradients } from "../gradients.ts";
import { againstReference } from "../oracle.ts";
import type { Law } from "./law.ts";

const says: Readonly<Record<Adversarial, string>> = {
  positive: "all positive, so that errors add up",
  cancelling: "products that cancel to their last digits",
  outweighed: "one term that outweighs all others",
  spread: "magnitudes spread over the format's range",
  "near-overflow": "sums close to the largest number",
  "zeros-beside-huge": "zero products beside huge factors",
};

/** The operators that are sums of products: linear in each of their inputs. */
const sumsOfProducts = [...new Set(gradients.map(({ forward }) => forward))].filter((operator) =>
  gradients.every(({ forward, dependence }) => forward !== operator || dependence === "linear"),
);

const law = (operator: OperatorName, values: Adversarial): Law<Invocation> => ({
  id: `${operator}/law/data-${values}`,
  title: `stays within the derived bound on data that is hard to add up: ${says[values]}`,
  clauses: [operatorNamed(operator).clauses[0]],
  operator,
  dtype: "f32",
  samples: drawnCall(operator, { values, dtype: "f32" }),
  draws: 10,
  holds: againstReference,
});

/** Named data sets for real arithmetic, after those of the TOSA conformance tests. */
export const adversarialLaws: readonly Law[] = sumsOfProducts.flatMap((operator) =>
  adversarial.map((values) => law(operator, values)),
) as Law[];
