import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  correlateInputGradient as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";
import { forEachTerm } from "./terms.ts";

/** GRAD-6 and GRAD-8: every product of the forward sums, summed in double precision for the input element it has. */
export function inputGradient(
  { G, K }: InputsOf<"correlate-input-gradient">,
  attributes: AttributesOf<"correlate-input-gradient">,
  flipped: boolean,
): OutputsOf<"correlate-input-gradient"> {
  const [O, C, ...R] = K.shape;
  const { groups, input: X } = attributes;
  const N = G.shape[0];
  const dV = zeros(G.dtype, [N, C * groups, ...X]);
  const sums = new Float64Array(sizeOf(dV.shape));
  forEachTerm({ N, O, C, X, R, groups }, attributes, flipped, (v, k, z) => {
    sums[v] += G.data[z] * K.data[k];
  });
  dV.data.set(sums);
  return { dV };
}

/** GRAD-6: from G [N, O, …P] and K [O, C/groups, …R] the gradient dV [N, C, …X] of cross-correlation's input. */
export function correlateInputGradient(
  inputs: InputsOf<"correlate-input-gradient">,
  attributes: AttributesOf<"correlate-input-gradient">,
): OutputsOf<"correlate-input-gradient"> {
  check(signature, { inputs, attributes });
  return inputGradient(inputs, attributes, false);
}
