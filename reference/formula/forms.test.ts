import { describe, expect, test } from "vitest";
import { type Axes, clauseById, clauses, formulasOf, random } from "../../spec/index.ts";
import { disagreement } from "./agreement.ts";
import { drawCall } from "./draw-call.ts";
import { evaluateFormula } from "./evaluate.ts";

const seed = 20_231;
const calls = 30;

const forms = clauses.flatMap(({ id, instance, ...clause }) =>
  instance ? formulasOf({ id, ...clause }).map((printed) => ({ id, instance, ...printed })) : [],
);

/** A form that indexes channels has one index of V more than there are spatial axes. */
const hasChannels = (text: string): boolean => /Z\[i,j/.test(text);

const drawForm = (form: (typeof forms)[number], at: number) => {
  const axes = (form.axes ?? 2) as Axes;
  return drawCall(random(seed, `${form.id}/${axes}/${at}`), form.instance.operator, {
    axes,
    attributes: form.instance.free,
    fixed: form.instance.fixed,
    optional: form.instance.optional ?? false,
    batch: false,
    channels: hasChannels(form.text),
  });
};

describe("a special form equals the operator at the attributes it speaks of", () => {
  for (const form of forms) {
    test(`${form.id}  ${form.text}`, () => {
      for (let at = 0; at < calls; at++) {
        const { inputs, attributes } = drawForm(form, at);
        expect(disagreement(form.instance.operator, inputs, attributes, { clause: form.id })).toBeUndefined();
      }
    });
  }
});

test("the two orders of the sum agree", () => {
  for (const form of forms.filter(({ id }) => id === "CONV-3")) {
    for (let at = 0; at < calls; at++) {
      const { inputs, attributes } = drawForm(form, at);
      const run = (clause: "CONV-3" | "CONV-4") => evaluateFormula("convolve", inputs, attributes, { clause });
      expect(run("CONV-3")).toEqual(run("CONV-4"));
    }
  }
});

test("a form is refused a call that it does not cover", () => {
  const r = random(seed, "covered");
  const { inputs, attributes } = drawCall(r, "correlate", { axes: 2, attributes: [], optional: false });
  const K = { ...inputs.K, shape: [2, 1, 1, 1], dtype: "f64" as const, data: new Float64Array(2) };
  const V = { shape: [2, 1, 1, 1], dtype: "f64" as const, data: new Float64Array(2) };
  expect(() => evaluateFormula("correlate", { V, K }, attributes, { clause: "CORR-1" })).toThrow(RangeError);
  expect(() => evaluateFormula("correlate", { V, K }, attributes, { clause: "CORR-10" })).toThrow(RangeError);
  expect(clauseById("CORR-10").formula).toBeUndefined();
});
