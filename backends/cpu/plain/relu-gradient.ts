import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  reluGradient as signature,
  zeros,
} from "../../../spec/index.ts";

/** GRAD-45: G where V is not at most 0, and 0 elsewhere. */
export function reluGradient(
  { V, G }: InputsOf<"relu-gradient">,
  attributes: AttributesOf<"relu-gradient">,
): OutputsOf<"relu-gradient"> {
  check(signature, { inputs: { V, G }, attributes });
  const dV = zeros(V.dtype, V.shape);
  for (let i = 0; i < dV.data.length; i++) dV.data[i] = V.data[i] <= 0 ? 0 : G.data[i];
  return { dV };
}
