import type fc from "fast-check";
import type { OperatorName } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { kernelCall } from "./kernel.ts";
import type { CallLimits } from "./limits.ts";
import { poolCall } from "./pool.ts";

const calls: { readonly [N in OperatorName]: (limits?: CallLimits) => fc.Arbitrary<Invocation> } = {
  correlate: (limits) => kernelCall("correlate", limits),
  convolve: (limits) => kernelCall("convolve", limits),
  "max-pool": (limits) => poolCall("max-pool", limits),
  "average-pool": (limits) => poolCall("average-pool", limits),
};

/** Any valid call of an operator. */
export const drawnCall = (operator: OperatorName, limits: CallLimits = {}): fc.Arbitrary<Invocation> =>
  calls[operator](limits);
