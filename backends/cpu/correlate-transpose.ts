import { transposedExtents } from "../../spec/index.ts";
import { runInputGradient } from "./convolution/gradients/run-input.ts";
import { declaresKernel } from "./correlate.ts";
import type { Operator } from "./operator.ts";
import { correlateTranspose as plainly } from "./plain/correlate-transpose.ts";
import { slide } from "./plain/volume.ts";

/** GRAD-10: from V [N, O, …P] and K [O, C/groups, …R] the transposed cross-correlation Z [N, C, …X]. */
export const correlateTranspose: Operator<"correlate-transpose"> = {
  run: (scope, inputs, attributes) => {
    const { V, K, b } = inputs;
    const [N, , ...P] = V.shape;
    const [O, C, ...R] = K.shape;
    const { groups } = attributes;
    const X = transposedExtents(P, R, attributes);
    const window = slide(X, R, { ...attributes, rounding: "floor" });
    const call = { window, groups, C, O: O / groups, flipped: false, bias: b !== undefined };
    const shape = [N, groups * C, ...X];
    const addresses = { G: scope.input(V), K: scope.input(K), b: scope.optional(b), dV: scope.output(shape) };
    const finite = runInputGradient(scope, call, N, addresses);
    // As in the input gradient.
    if (!finite && !scope.floats(addresses.K, K.data.length).every(Number.isFinite)) return plainly(inputs, attributes);
    return { Z: scope.result(addresses.dV, shape) };
  },
  declares: declaresKernel,
};
