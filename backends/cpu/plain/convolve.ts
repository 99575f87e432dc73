import { type AttributesOf, check, type InputsOf, type OutputsOf, convolve as signature } from "../../../spec/index.ts";
import { slideKernel } from "./correlate.ts";

/** CONV-5: convolution of V [N, C, …X] with K [O, C/groups, …R], giving Z [N, O, …P]. */
export function convolve(inputs: InputsOf<"convolve">, attributes: AttributesOf<"convolve">): OutputsOf<"convolve"> {
  check(signature, { inputs, attributes });
  return slideKernel(inputs, attributes, true);
}
