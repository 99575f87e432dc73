import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disagreement } from "../reference/formula/index.ts";
import { operatorNames } from "../spec/index.ts";
import { drawnCall } from "./arbitraries/call.ts";

describe.each(operatorNames)("the printed formula of %s", (operator) => {
  it("gives what the exact reference gives, on any call", () => {
    fc.assert(
      fc.property(drawnCall(operator, { dtype: "f64" }), ({ inputs, attributes }) => {
        expect(disagreement(operator, inputs, attributes)).toBeUndefined();
      }),
      { seed: 1, numRuns: 15 },
    );
  });
});
