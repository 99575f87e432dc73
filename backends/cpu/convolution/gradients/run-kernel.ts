import type { Kernel } from "../../runtime/kernels.ts";
import type { Scope } from "../../runtime/scope.ts";
import { product } from "../geometry.ts";
import { correlationsPlan } from "./correlations-plan.ts";
import { type KernelCall, kernelElements, lanesOf } from "./kernel-call.ts";
import { correlations, correlationsSpace } from "./kernels/correlations.ts";
import { products, productsSpace } from "./kernels/products.ts";
import { combineParts, partPitch } from "./parts.ts";
import { productsPlan } from "./products-plan.ts";
import { runWinogradGradient } from "./run-winograd.ts";
import { winogradGradientPlan } from "./winograd-plan.ts";

/** Where the tensors of a call lie. */
export interface KernelAddresses {
  readonly G: number;
  readonly V: number;
  readonly dK: number;
}

/** One of the two ways to compute a kernel's gradient. */
interface Way {
  readonly kernel: Kernel;
  readonly name: string;
  readonly items: number;
  /** Blocks of positions of a sample, and parts of those of all samples. */
  readonly blocks: number;
  readonly parts: number;
  /** Bytes of workspace of a thread. */
  readonly space: number;
}

/** Multiplications worth a call of a kernel: some 10 µs. */
const GRAIN = 250_000;

/** Plane by plane where a group has few output channels, and otherwise as a product of matrices. */
function wayOf(scope: Scope, call: KernelCall, samples: number): Way {
  const few = correlationsPlan(call, samples);
  if (few) {
    const kernel = scope.kernel(`correlations ${JSON.stringify([call, few])}`, () =>
      correlations(call, few, scope.relaxed),
    );
    const items = call.groups * call.C * few.parts;
    const space = correlationsSpace(call, few);
    return { kernel, name: "correlations", items, blocks: product(few.blocks), parts: few.parts, space };
  }
  const plan = productsPlan(call, samples);
  const kernel = scope.kernel(`products ${JSON.stringify([call, plan])}`, () => products(call, plan, scope.relaxed));
  const items = call.groups * plan.columns * plan.chunks * plan.parts;
  const space = productsSpace(call, plan);
  return { kernel, name: "products", items, blocks: product(plan.blocks), parts: plan.parts, space };
}

/** GRAD-3 and GRAD-7: dK[o, c, k] = Σ G[n, o, p] · V[n, c, p·s + k·d − a]. @returns whether every sum is finite */
export function runKernelGradient(
  scope: Scope,
  call: KernelCall,
  samples: number,
  { G, V, dK }: KernelAddresses,
): boolean {
  const elements = kernelElements(call);
  if (samples === 0) {
    scope.floats(dK, elements).fill(0);
    return true;
  }
  const squares = scope.algorithm === "auto" ? winogradGradientPlan(call, samples, scope.winogradFrom) : undefined;
  // Where a sum is not finite, Winograd's algorithm has spread it over the taps: it is computed again.
  if (squares && runWinogradGradient(scope, call, squares, samples, { G, V, dK })) return true;
  const { kernel, name, items, blocks, parts, space } = wayOf(scope, call, samples);
  const pitch = partPitch(elements);
  const sums = parts === 1 ? dK : scope.workspace(parts * pitch);
  const share = Math.ceil(space / 64) * 64;
  const workspace = scope.workspace(scope.threads * share);
  const notFinite = scope.table([0]);
  const work = (samples * product(call.window.P) * call.groups * call.O * lanesOf(call)) / items;
  const grain = Math.max(1, Math.round(GRAIN / work));
  scope.run(kernel, name, { items, grain }, G, V, sums, pitch, samples * blocks, parts, workspace, share, notFinite);
  combineParts(scope, { sums, parts, elements, Z: dK });
  return scope.words(notFinite, 1)[0] === 0;
}
