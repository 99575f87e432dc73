import fc from "fast-check";
import type { OperatorName } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";

/** Any valid call of an operator without attributes whose inputs have one shape, of any rank from a scalar to volumes in batches. */
export const elementwiseCall =
  (operator: OperatorName, inputs: readonly string[]) =>
  ({ dtype = "f32", values = "exact" }: CallLimits = {}): fc.Arbitrary<Invocation> =>
    fc
      .tuple(
        fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 4 })), { minLength: 0, maxLength: 5 }),
        fc.integer({ min: 0, max: 9 }),
      )
      .chain(([extents, empty]) => {
        const shape = extents.map((extent, axis) => (axis === 0 && empty === 0 ? 0 : extent));
        return fc
          .record(Object.fromEntries(inputs.map((name) => [name, drawnTensor(dtype, shape, values)])))
          .map((drawn) => ({ operator, inputs: drawn, attributes: {} }) as unknown as Invocation);
      });

/** Any valid call of relu. */
export const reluCall = elementwiseCall("relu", ["V"]);

/** Any valid call of relu-gradient. Zeros come often. */
export const reluGradientCall = elementwiseCall("relu-gradient", ["V", "G"]);

/** Any valid call of add. */
export const addCall = elementwiseCall("add", ["a", "b"]);
