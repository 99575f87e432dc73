import { type AttributesOf, check, type InputsOf, type OutputsOf, l2Pool as signature } from "../../../spec/index.ts";
import { pool } from "./pool.ts";

/** POOL-5: the Euclidean norm of each window of V [N, C, …X], giving Z [N, C, …P]. */
export function l2Pool({ V }: InputsOf<"l2-pool">, attributes: AttributesOf<"l2-pool">): OutputsOf<"l2-pool"> {
  check(signature, { inputs: { V }, attributes });
  return pool(V, attributes, { start: 0, step: (sum, element) => sum + element * element, finish: Math.sqrt });
}
