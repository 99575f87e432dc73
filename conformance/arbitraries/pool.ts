import fc from "fast-check";
import type { Invocation } from "../check.ts";
import { channels } from "./channels.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";
import { drawnWindow } from "./window.ts";

/** Any valid call of a pooling operator. */
export function poolCall<N extends "max-pool" | "average-pool">(
  operator: N,
  { dtype = "f32", values = "exact", window, ...limits }: CallLimits = {},
): fc.Arbitrary<Invocation<N>> {
  const any = window ?? drawnWindow({ ...limits, paddingBelowWindow: true });
  return fc
    .tuple(any, channels, fc.constantFrom("valid", "padded"))
    .chain(([{ X, R, attributes }, { N, kernels }, divisor]) =>
      drawnTensor(dtype, [N, kernels, ...X], values).map(
        (V) =>
          ({
            operator,
            inputs: { V },
            attributes: { ...attributes, window: R, ...(operator === "average-pool" ? { divisor } : {}) },
          }) as unknown as Invocation<N>,
      ),
    );
}
