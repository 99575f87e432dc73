import type { AveragePoolAttributes } from "./operators/average-pool.ts";
import type { CorrelateAttributes } from "./operators/correlate.ts";
import type { PoolAttributes } from "./pool.ts";

/**
 * A layer of a network. Attributes that are not given are at the defaults of the operator; parameters are
 * given by their names, each of which stands in one layer only.
 */
export type Layer =
  /** CORR-9 on volumes [N, C, …X]: a kernel K [O, C/groups, …R] and a bias b [O]. */
  | {
      readonly layer: "correlate";
      readonly K: string;
      readonly b: string;
      readonly attributes?: Partial<CorrelateAttributes>;
    }
  /** ACT-1 */
  | { readonly layer: "relu" }
  /** POOL-2 */
  | { readonly layer: "max-pool"; readonly attributes: Partial<PoolAttributes> }
  /** POOL-3 */
  | { readonly layer: "average-pool"; readonly attributes: Partial<AveragePoolAttributes> }
  /** NET-3: a layer that has stages, which are layers themselves. */
  | { readonly layer: "complex"; readonly stages: readonly Layer[] }
  /** NET-4: a shortcut past a body that keeps the shape. */
  | { readonly layer: "residual"; readonly body: readonly Layer[] }
  /** NET-5: two to four branches side by side, none of which changes the spatial extents. */
  | { readonly layer: "inception"; readonly branches: readonly (readonly Layer[])[] }
  /** NET-6: [N, C, …X] as [N, C·…X]. */
  | { readonly layer: "flatten" }
  /** DENSE-1 on rows [N, I]: weights W [O, I] and a bias b [O]. */
  | { readonly layer: "dense"; readonly W: string; readonly b: string };

/** NET-7…9: a network that learns: its layers, and the rate η of its steps. */
export interface Network {
  readonly layers: readonly Layer[];
  readonly rate: number;
}
