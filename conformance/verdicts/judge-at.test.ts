import { describe, expect, it } from "vitest";
import { encode } from "../../reference/index.ts";
import { type Backend, type Declaration, operatorNamed, type Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { expect as expected } from "../expected.ts";
import { judge } from "./judge.ts";
import { judgeAt } from "./judge-at.ts";

const line = (...values: number[]) => encode("f32", [1, 1, values.length], values);

const call = (V: Tensor, K: Tensor): Invocation<"correlate"> => ({
  operator: "correlate",
  inputs: { V, K },
  attributes: operatorNamed("correlate").complete({ V, K }, {}) as Invocation<"correlate">["attributes"],
});

const declaring = (declares: Declaration): Backend => ({ name: "told", version: "1", declares, operators: {} });

const direct: Declaration = { algorithm: "direct" };
const integers = call(line(1, 2, 3, 5), line(1, -1));
const real = call(line(...[1 / 3, 2 / 7, 3 / 11, 5 / 13].map(Math.fround)), line(...[1 / 9, -3 / 7].map(Math.fround)));

const everywhere = ({ data }: Tensor): number[] => [...data.keys()];
const judged = (
  invocation: Invocation,
  Z: readonly number[],
  places: (output: Tensor) => readonly number[] = everywhere,
  declares = direct,
) => judgeAt(invocation, { Z: line(...Z) }, declaring(declares), places);

describe("the verdict on places of a result", () => {
  it("is a pass where those are right, whatever the others are", () => {
    expect(judged(integers, [-1, -1, -2])).toEqual({ status: "pass", margin: 0 });
    expect(judged(integers, [7, -1, -2], () => [1, 2])).toEqual({ status: "pass", margin: 0 });
    expect(judged(integers, [7, 7, 7], () => [])).toEqual({ status: "pass", margin: 0 });
  });

  it("names the first that is wrong, and counts those that were looked at", () => {
    const places = () => [2, 0, 1];
    expect(judged(integers, [7, -1, 9], places)).toEqual({
      status: "fail",
      margin: Number.POSITIVE_INFINITY,
      failure: {
        message: "2 of the 3 elements of Z looked at are wrong",
        deviation: { output: "Z", index: [0, 0, 2], got: 9, expected: -2, allowed: 0, of: 3, wrong: 2 },
        invocation: integers,
        observed: { Z: line(7, -1, 9) },
      },
    });
  });

  it.each([direct, { ...direct, accumulation: "f64" }, { algorithm: "transform" }] satisfies Declaration[])(
    "is that of the whole result where all is looked at: %o",
    (declaration) => {
      const { values } = expected(real, declaration.choices).Z;
      for (const error of [0, 2 ** -26, 2 ** -25, 2 ** -24, 2 ** -22, 2 ** -12, 1]) {
        const Z = values.map((value) => Math.fround(value + error));
        const whole = judge(real, expected(real), { Z: line(...Z) }, declaration);
        const looked = judged(real, Z, everywhere, declaration);
        expect([error, looked.status]).toEqual([error, whole.status]);
        if (looked.status === "pass" && whole.status === "pass") expect(looked.margin).toBe(whole.margin);
      }
    },
  );

  it("looks at each output by itself", () => {
    const V = line(1, 4, 2);
    const window = { V } as Invocation["inputs"];
    const attributes = operatorNamed("max-pool-winners").complete({ V }, { window: [2], stride: [1] });
    const invocation = { operator: "max-pool-winners", inputs: window, attributes } as Invocation;
    const outputs = expected(invocation);
    for (const name of Object.keys(outputs)) {
      const right = Object.fromEntries(
        Object.entries(outputs).map(([each, { shape, values }]) => [each, encode("f32", shape, values)]),
      );
      const { shape, values } = outputs[name];
      const wrong = { ...right, [name]: encode("f32", shape, values.with(-1, 9)) };
      expect(judgeAt(invocation, right, declaring(direct), everywhere).status).toBe("pass");
      const verdict = judgeAt(invocation, wrong, declaring(direct), everywhere);
      expect(verdict).toMatchObject({ status: "fail", failure: { deviation: { output: name, wrong: 1 } } });
    }
  });
});
