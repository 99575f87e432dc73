import { type AttributesOf, check, type InputsOf, type OutputsOf, sumPool as signature } from "../../../spec/index.ts";
import { pool } from "./pool.ts";

/** POOL-4: the sum of each window of V [N, C, …X], giving Z [N, C, …P]. */
export function sumPool({ V }: InputsOf<"sum-pool">, attributes: AttributesOf<"sum-pool">): OutputsOf<"sum-pool"> {
  check(signature, { inputs: { V }, attributes });
  return pool(V, attributes, { start: 0, step: (sum, element) => sum + element, finish: (sum) => sum });
}
