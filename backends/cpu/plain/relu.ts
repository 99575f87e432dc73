import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  relu as signature,
  zeros,
} from "../../../spec/index.ts";

/** ACT-1: the positive part of every element of V, NaN where it is NaN. */
export function relu({ V }: InputsOf<"relu">, attributes: AttributesOf<"relu">): OutputsOf<"relu"> {
  check(signature, { inputs: { V }, attributes });
  const Z = zeros(V.dtype, V.shape);
  for (let i = 0; i < Z.data.length; i++) Z.data[i] = Math.max(V.data[i], 0);
  return { Z };
}
