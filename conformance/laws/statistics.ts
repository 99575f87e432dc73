import fc from "fast-check";
import { decode, elements, evaluate, exact, magnitude, rounded } from "../../reference/index.ts";
import { type DType, declarationOf, type OperatorName } from "../../spec/index.ts";
import { drawnTensor } from "../arbitraries/tensor.ts";
import { attempt } from "../attempt.ts";
import type { Invocation, Verdict } from "../check.ts";
import { leastOutputs, statistics } from "../verdicts/statistics.ts";
import type { Law } from "./law.ts";

type Kernel = "correlate" | "convolve";

const taps = 7;

/** Few terms and many outputs: what each product loses is not yet hidden by what the sum may lose. */
const samples = (operator: Kernel, dtype: DType): fc.Arbitrary<Invocation> =>
  fc
    .record({
      V: drawnTensor(dtype, [1, 1, leastOutputs + taps - 1], "real"),
      K: drawnTensor(dtype, [1, 1, taps], "real"),
    })
    .map((inputs) => ({
      operator,
      inputs,
      attributes: { stride: [1], dilation: [1], padding: "valid" as const, rounding: "floor" as const, groups: 1 },
    }));

const law = (operator: Kernel, dtype: DType): Law<Invocation> => ({
  id: `${operator}/law/error-statistics`,
  title: `the errors of ${leastOutputs} outputs together are no larger and no more one-sided than roundings to nearest make them`,
  clauses: [operator === "correlate" ? "CORR-10" : "CONV-5"],
  operator,
  dtype,
  samples: samples(operator, dtype),
  draws: 2,
  shrinks: false,
  holds: (backend, invocation) =>
    attempt(backend, invocation, ({ Z }): Verdict => {
      const declaration = declarationOf(backend, operator as OperatorName);
      if (declaration.algorithm === "transform") return { status: "pass", margin: 0 };
      const values = elements(evaluate(exact, operator, invocation.inputs, invocation.attributes).Z);
      const magnitudes = elements(evaluate(magnitude, operator, invocation.inputs, invocation.attributes).Z);
      const got = decode(Z);
      const errors = values.map((value, at) => ({
        got: got[at],
        exact: rounded(value, "f64"),
        expected: rounded(value, dtype),
        element: magnitudes[at],
      }));
      const { rms, bias } = statistics(errors, declaration, dtype, taps);
      const margin = Math.max(rms, Math.abs(bias));
      if (margin <= 1) return { status: "pass", margin };
      const message =
        rms > 1
          ? `the root mean square of the errors is ${rms.toPrecision(3)} of what random roundings reach`
          : `the errors lie to one side: their mean is ${Math.abs(bias).toPrecision(3)} of what chance allows`;
      return { status: "fail", margin, failure: { message, invocation } };
    }),
});

/** The statistical side of LOCAL, for sums of products in single precision. */
export const statisticsLaws: readonly Law[] = (["correlate", "convolve"] as const).map((operator) =>
  law(operator, "f32"),
) as Law[];
