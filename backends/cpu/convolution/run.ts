import type { Scope } from "../runtime/scope.ts";
import { depthwisePlan } from "./depthwise-plan.ts";
import type { Geometry } from "./geometry.ts";
import { runDepthwise } from "./run-depthwise.ts";
import { type Addresses, runDirect } from "./run-direct.ts";
import { runWinograd } from "./run-winograd.ts";
import type { Weights } from "./weights.ts";
import { winogradPlan } from "./winograd-plan.ts";

/**
 * Computes Z by the kernels that suit the call best. Returns whether padding has certainly done no harm: it is
 * computed as zeros, and where an output is not finite that may be as an infinite weight has met one.
 */
export function runKernel(
  scope: Scope,
  geometry: Geometry,
  samples: number,
  weights: Weights,
  tensors: Omit<Addresses, "K">,
): boolean {
  const planes = depthwisePlan(geometry);
  if (planes) return runDepthwise(scope, geometry, planes, samples, { ...tensors, K: weights.address() });
  const squares = scope.algorithm === "auto" ? winogradPlan(geometry, samples, scope.winogradFrom) : undefined;
  // Where an output is not finite, Winograd's algorithm has spread it over its square: it is computed again.
  if (squares && runWinograd(scope, geometry, squares, samples, weights, tensors)) return true;
  return runDirect(scope, geometry, samples, { ...tensors, K: weights.address() });
}
