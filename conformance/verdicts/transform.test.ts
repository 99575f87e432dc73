import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indices } from "../../reference/index.ts";
import { type OperatorName, operatorNamed, unitRoundoff } from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import { expect as expected } from "../expected.ts";
import { allowedByTransform } from "./transform.ts";

const transformed: readonly OperatorName[] = [
  "correlate",
  "convolve",
  "correlate-kernel-gradient",
  "convolve-kernel-gradient",
  "correlate-input-gradient",
  "convolve-input-gradient",
  "correlate-transpose",
];

describe("what a transform is allowed", () => {
  it.each(transformed)("%s: its norms are of all that an element sums, so that they cover Σ|x||w|", (operator) => {
    fc.assert(
      fc.property(drawnCall(operator, { values: "real" }), (call) => {
        const { b: _, ...inputs } = call.inputs;
        const allowed = allowedByTransform(operator, inputs, "f32", call.attributes);
        const [[output, { shape, magnitudes }]] = Object.entries(expected({ ...call, inputs }));
        expect(operatorNamed(operator).outputs).toContain(output);
        for (const index of indices(...shape))
          expect(allowed?.(index)).toBeGreaterThanOrEqual(20 * unitRoundoff("f32") * magnitudes.at(...index).bound);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it("is nothing for an operator that has no transform", () => {
    expect(allowedByTransform("bias-gradient", {}, "f32")).toBeUndefined();
  });
});
