import fc from "fast-check";
import type { Shape } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { channels } from "./channels.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";

export type GridOperator =
  | "adaptive-max-pool"
  | "adaptive-average-pool"
  | "adaptive-max-pool-gradient"
  | "adaptive-average-pool-gradient";

export type ChannelOperator = "channel-pool" | "channel-pool-gradient";

/** Extents of an input of one to three axes, and for each of them that of a grid: one, as many, fewer or more. */
const extents = fc.integer({ min: 1, max: 3 }).chain((axes) => {
  const axis = fc.integer({ min: 1, max: [13, 7, 4][axes - 1] });
  const cells = fc.oneof({ arbitrary: axis, weight: 3 }, fc.constant(1));
  return fc.array(fc.record({ x: cells, p: cells }), { minLength: axes, maxLength: axes });
});

/** Any valid call of a pooling to a fixed grid, or of its gradient. */
export const gridPoolCall = <N extends GridOperator>(
  operator: N,
  { dtype = "f32", values = "exact" }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> =>
  fc.tuple(extents, channels).chain(([drawn, { N, kernels }]) => {
    const [input, grid] = [drawn.map(({ x }) => x), drawn.map(({ p }) => p)];
    const V = drawnTensor(dtype, [N, kernels, ...input], values);
    const G = drawnTensor(dtype, [N, kernels, ...grid], values);
    const call: fc.Arbitrary<object> =
      operator === "adaptive-average-pool-gradient"
        ? fc.record({ inputs: fc.record({ G }), attributes: fc.constant({ input }) })
        : fc.record({
            inputs: operator === "adaptive-max-pool-gradient" ? fc.record({ V, G }) : fc.record({ V }),
            attributes: fc.constant({ grid }),
          });
    return call.map((parts) => ({ operator, ...parts }) as unknown as Invocation<N>);
  });

/** Any valid call of a pooling over channels, or of its gradient. */
export const channelPoolCall = <N extends ChannelOperator>(
  operator: N,
  { dtype = "f32", values = "exact" }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> =>
  fc.tuple(extents, channels).chain(([drawn, { N, groups, perGroup: size }]) => {
    const X: Shape = drawn.map(({ x }) => Math.min(x, 5));
    const V = drawnTensor(dtype, [N, groups * size, ...X], values);
    const G = drawnTensor(dtype, [N, groups, ...X], values);
    return fc
      .record<object>(operator === "channel-pool" ? { V } : { V, G })
      .map((inputs) => ({ operator, inputs, attributes: { size } }) as unknown as Invocation<N>);
  });
