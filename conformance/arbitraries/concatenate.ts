import fc from "fast-check";
import type { Shape } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";

/** Samples, the channels of two to four branches, spatial extents. */
const branches = fc.record({
  N: fc.integer({ min: 0, max: 3 }),
  channels: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
  X: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
});

/** Any valid call of concatenate. */
export const concatenateCall = ({ dtype = "f32", values = "exact" }: CallLimits = {}): fc.Arbitrary<Invocation> =>
  branches.chain(({ N, channels, X }) => {
    const parts = channels.map((C, at) => ["abcd"[at], drawnTensor(dtype, [N, C, ...X], values)] as const);
    return fc
      .record(Object.fromEntries(parts))
      .map((inputs): Invocation => ({ operator: "concatenate", inputs, attributes: {} }));
  });

/** Any valid call of concatenate-gradient. */
export const concatenateGradientCall = ({
  dtype = "f32",
  values = "exact",
}: CallLimits = {}): fc.Arbitrary<Invocation> =>
  fc.tuple(branches, fc.nat(3)).chain(([{ N, channels, X }, drawn]) => {
    const C = channels.reduce((total, count) => total + count, 0);
    const shape: Shape = [N, C, ...X];
    return drawnTensor(dtype, shape, values).map(
      (G): Invocation => ({
        operator: "concatenate-gradient",
        inputs: { G },
        attributes: { channels, part: drawn % channels.length },
      }),
    );
  });
