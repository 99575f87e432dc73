import type { AttributesOf, InputsOf, OutputsOf } from "../../spec/index.ts";
import { runInputGradient } from "./convolution/gradients/run-input.ts";
import { declaresKernel } from "./correlate.ts";
import type { Operator } from "./operator.ts";
import { inputGradient as plainly } from "./plain/correlate-input-gradient.ts";
import { slide } from "./plain/volume.ts";
import type { Scope } from "./runtime/scope.ts";

/**
 * GRAD-6 and GRAD-8.
 * @param flipped whether the forward operator is a convolution
 */
export function inputGradient(
  scope: Scope,
  inputs: InputsOf<"correlate-input-gradient">,
  attributes: AttributesOf<"correlate-input-gradient">,
  flipped: boolean,
): OutputsOf<"correlate-input-gradient"> {
  const { G, K } = inputs;
  const [O, C, ...R] = K.shape;
  const { groups, input } = attributes;
  const call = { window: slide(input, R, attributes), groups, C, O: O / groups, flipped, bias: false };
  const shape = [G.shape[0], groups * C, ...input];
  const addresses = { G: scope.input(G), K: scope.input(K), b: 0, dV: scope.output(shape) };
  const finite = runInputGradient(scope, call, G.shape[0], addresses);
  // Beyond its borders G is computed as zeros, and an infinite weight over them would make NaN: then, tap by tap.
  if (!finite && !scope.floats(addresses.K, K.data.length).every(Number.isFinite))
    return plainly(inputs, attributes, flipped);
  return { dV: scope.result(addresses.dV, shape) };
}

/** GRAD-6: from G [N, O, …P] and K [O, C/groups, …R] the gradient dV [N, C, …X] of cross-correlation's input. */
export const correlateInputGradient: Operator<"correlate-input-gradient"> = {
  run: (scope, inputs, attributes) => inputGradient(scope, inputs, attributes, false),
  declares: declaresKernel,
};
