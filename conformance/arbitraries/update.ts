import fc from "fast-check";
import type { Invocation } from "../check.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";

/** Any valid call of update, on tensors of any rank; on integers the rate is a power of two, so that nothing is rounded. */
export const updateCall = ({ dtype = "f32", values = "exact" }: CallLimits = {}): fc.Arbitrary<Invocation> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 0, maxLength: 5 }),
      values === "exact" ? fc.constantFrom(0, 0.125, 0.5, 1, -2) : fc.constantFrom(0.1, 0.01, 1 / 3, 1.7, -0.3),
    )
    .chain(([shape, rate]) =>
      fc
        .record({ w: drawnTensor(dtype, shape, values), g: drawnTensor(dtype, shape, values) })
        .map((inputs): Invocation => ({ operator: "update", inputs, attributes: { rate } })),
    );
