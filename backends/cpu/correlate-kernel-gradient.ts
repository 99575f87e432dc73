import type { AttributesOf, InputsOf, OutputsOf } from "../../spec/index.ts";
import { runKernelGradient } from "./convolution/gradients/run-kernel.ts";
import { declaresKernel } from "./correlate.ts";
import type { Operator } from "./operator.ts";
import { kernelGradient as plainly } from "./plain/correlate-kernel-gradient.ts";
import { slide } from "./plain/volume.ts";
import type { Scope } from "./runtime/scope.ts";

/**
 * GRAD-3 and GRAD-7.
 * @param flipped whether the forward operator is a convolution
 */
export function kernelGradient(
  scope: Scope,
  inputs: InputsOf<"correlate-kernel-gradient">,
  attributes: AttributesOf<"correlate-kernel-gradient">,
  flipped: boolean,
): OutputsOf<"correlate-kernel-gradient"> {
  const { G, V } = inputs;
  const [N, channels, ...X] = V.shape;
  const { groups, kernel: R } = attributes;
  const [O, C] = [G.shape[1], channels / groups];
  const call = { window: slide(X, R, attributes), groups, C, O: O / groups, flipped };
  const shape = [O, C, ...R];
  const addresses = { G: scope.input(G), V: scope.input(V), dK: scope.output(shape) };
  const finite = runKernelGradient(scope, call, N, addresses);
  const allFinite = (address: number, { data }: typeof G): boolean =>
    scope.floats(address, data.length).every(Number.isFinite);
  // Padding is computed as zeros, and an infinite gradient over it would make NaN: then, tap by tap.
  if (!finite && !(allFinite(addresses.G, G) && allFinite(addresses.V, V))) return plainly(inputs, attributes, flipped);
  return { dK: scope.result(addresses.dK, shape) };
}

/** GRAD-3: from G [N, O, …P] and V [N, C, …X] the gradient dK [O, C/groups, …R] of cross-correlation's kernel. */
export const correlateKernelGradient: Operator<"correlate-kernel-gradient"> = {
  run: (scope, inputs, attributes) => kernelGradient(scope, inputs, attributes, false),
  declares: declaresKernel,
};
