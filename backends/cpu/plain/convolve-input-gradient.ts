import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  convolveInputGradient as signature,
} from "../../../spec/index.ts";
import { inputGradient } from "./correlate-input-gradient.ts";

/** GRAD-8: from G [N, O, …P] and K [O, C/groups, …R] the gradient dV [N, C, …X] of convolution's input. */
export function convolveInputGradient(
  inputs: InputsOf<"convolve-input-gradient">,
  attributes: AttributesOf<"convolve-input-gradient">,
): OutputsOf<"convolve-input-gradient"> {
  check(signature, { inputs, attributes });
  return inputGradient(inputs, attributes, true);
}
