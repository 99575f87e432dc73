import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  averagePool as signature,
} from "../../../spec/index.ts";
import { pool } from "./pool.ts";

/** POOL-3: the average of each window of V [N, C, …X], giving Z [N, C, …P]. */
export function averagePool(
  { V }: InputsOf<"average-pool">,
  attributes: AttributesOf<"average-pool">,
): OutputsOf<"average-pool"> {
  check(signature, { inputs: { V }, attributes });
  const { divisor } = attributes;
  return pool(V, attributes, {
    start: 0,
    step: (sum, element) => sum + element,
    finish: (sum, elements, cells) => sum / (divisor === "valid" ? elements : cells),
  });
}
