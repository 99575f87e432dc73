import { type AttributesOf, check, type InputsOf, type OutputsOf, maxPool as signature } from "../../../spec/index.ts";
import { pool } from "./pool.ts";

/** POOL-2: the maximum of each window of V [N, C, …X], giving Z [N, C, …P]; NaN where the window holds one. */
export function maxPool({ V }: InputsOf<"max-pool">, attributes: AttributesOf<"max-pool">): OutputsOf<"max-pool"> {
  check(signature, { inputs: { V }, attributes });
  return pool(V, attributes, {
    start: Number.NEGATIVE_INFINITY,
    step: Math.max,
    finish: (largest) => largest,
  });
}
