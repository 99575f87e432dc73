import type { AttributesOf, Declaration, InputsOf, OutputsOf } from "../../spec/index.ts";
import { geometryOf } from "./convolution/geometry.ts";
import { runKernel } from "./convolution/run.ts";
import { asTheyLie } from "./convolution/weights.ts";
import type { Operator } from "./operator.ts";
import { slideKernel } from "./plain/correlate.ts";
import type { AlgorithmChoice, Scope } from "./runtime/scope.ts";

/**
 * CORR-9 and CONV-5.
 * @param flipped whether tap k of the window meets element R − 1 − k of the kernel (convolution)
 */
export function slidingKernel(
  scope: Scope,
  inputs: InputsOf<"correlate">,
  attributes: AttributesOf<"correlate">,
  flipped: boolean,
): OutputsOf<"correlate"> {
  const { V, K, b } = inputs;
  const call = geometryOf({ V: V.shape, K: K.shape, bias: b !== undefined, attributes, flipped });
  const shape = [V.shape[0], K.shape[0], ...call.extents];
  const Z = scope.output(shape);
  const weights = scope.input(K);
  const tensors = { V: scope.input(V), b: scope.optional(b), Z };
  const finite = runKernel(scope, call, V.shape[0], asTheyLie(weights), tensors);
  // Padding is computed as zeros, and an infinite weight over it would make NaN: then, tap by tap.
  if (!finite && !scope.floats(weights, K.data.length).every(Number.isFinite))
    return slideKernel(inputs, attributes, flipped);
  return { Z: scope.result(Z, shape) };
}

/** `auto` takes Winograd's algorithm for some calls, and a declaration holds for all. */
export const declaresKernel = (algorithm: AlgorithmChoice): Partial<Declaration> => ({
  algorithm: algorithm === "auto" ? "transform" : "direct",
});

/** CORR-9: cross-correlation of V [N, C, …X] with K [O, C/groups, …R], giving Z [N, O, …P]. */
export const correlate: Operator<"correlate"> = {
  run: (scope, inputs, attributes) => slidingKernel(scope, inputs, attributes, false),
  declares: declaresKernel,
};
