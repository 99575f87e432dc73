import fc from "fast-check";
import { type PoolAttributes, resolveWindow, type Shape } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { channels } from "./channels.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";
import { drawnWindow, type WindowLimits } from "./window.ts";

/** The operators with a pooling window over V. */
export type PoolOperator = "max-pool" | "average-pool" | "sum-pool" | "l2-pool" | "weighted-pool" | "max-pool-winners";

/** The gradients of poolings that depend on V, and those of linear ones, which take the extents of V. */
export type PoolGradientOperator = "max-pool-gradient" | "l2-pool-gradient";
export type LinearPoolGradientOperator = "average-pool-gradient" | "sum-pool-gradient" | "weighted-pool-gradient";

/** Fewer taps where the exact result is a sum of roots, one for every window. */
const rooted: WindowLimits = { taps: [4, 2, 2] };

interface DrawnPool {
  readonly V: Shape;
  readonly G: Shape;
  readonly attributes: PoolAttributes;
  readonly divisor: "valid" | "padded";
}

/** Any pooling window, the shape of its input, and that of its output. */
const drawnPool = ({ window, ...limits }: CallLimits): fc.Arbitrary<DrawnPool> =>
  fc
    .tuple(
      window ?? drawnWindow({ ...limits, paddingBelowWindow: true }),
      channels,
      fc.constantFrom("valid" as const, "padded" as const),
    )
    .map(([{ X, R, attributes }, { N, kernels }, divisor]) => ({
      V: [N, kernels, ...X],
      G: [N, kernels, ...resolveWindow(X, R, attributes).extents],
      attributes: { ...attributes, window: R },
      divisor,
    }));

const withDivisor = (operator: string, { attributes, divisor }: DrawnPool): object =>
  operator.startsWith("average") ? { ...attributes, divisor } : attributes;

/** Any valid call of a pooling operator. */
export const poolCall = <N extends PoolOperator>(
  operator: N,
  { dtype = "f32", values = "exact", ...limits }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> =>
  drawnPool(limits).chain((pool) =>
    drawnTensor(dtype, pool.V, values).map(
      (V) => ({ operator, inputs: { V }, attributes: withDivisor(operator, pool) }) as unknown as Invocation<N>,
    ),
  );

/** Any valid call of a pooling gradient that takes V. Values tie often. */
export const poolGradientCall = <N extends PoolGradientOperator>(
  operator: N,
  { dtype = "f32", values = "exact", ...limits }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> =>
  drawnPool({ ...(operator === "l2-pool-gradient" ? rooted : {}), ...limits }).chain((pool) =>
    fc
      .record({ V: drawnTensor(dtype, pool.V, values), G: drawnTensor(dtype, pool.G, values) })
      .map((inputs) => ({ operator, inputs, attributes: pool.attributes }) as unknown as Invocation<N>),
  );

/** Any valid call of the gradient of a linear pooling. */
export const linearPoolGradientCall = <N extends LinearPoolGradientOperator>(
  operator: N,
  { dtype = "f32", values = "exact", ...limits }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> =>
  drawnPool(limits).chain((pool) =>
    drawnTensor(dtype, pool.G, values).map(
      (G) =>
        ({
          operator,
          inputs: { G },
          attributes: { ...withDivisor(operator, pool), input: pool.V.slice(2) },
        }) as unknown as Invocation<N>,
    ),
  );
