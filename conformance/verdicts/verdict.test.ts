import { describe, expect, it } from "vitest";
import { decode, encode } from "../../reference/index.ts";
import { type Declaration, operatorNamed, type Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { expect as expected } from "../expected.ts";
import { halfUlp } from "./allowed.ts";
import { judge } from "./judge.ts";
import { allowedByTransform } from "./transform.ts";

const direct: Declaration = { algorithm: "direct" };

const call = (V: Tensor, K: Tensor): Invocation<"correlate"> => ({
  operator: "correlate",
  inputs: { V, K },
  attributes: operatorNamed("correlate").complete({ V, K }, {}) as Invocation<"correlate">["attributes"],
});

const line = (...values: number[]) => encode("f32", [1, 1, values.length], values);
const outputs = (Z: readonly number[], shape: readonly number[] = [1, 1, Z.length]) => ({ Z: encode("f32", shape, Z) });

describe("the verdict on a call", () => {
  const integers = call(line(1, 2, 3, 4), line(1, -1));
  const judged = (Z: readonly number[], declaration = direct, invocation: Invocation = integers) =>
    judge(invocation, expected(invocation, declaration.choices), outputs(Z), declaration);

  it("is a pass without margin where all is equal", () => {
    expect(judged([-1, -1, -1])).toEqual({ status: "pass", margin: 0 });
  });

  it("names the first wrong element, counts all, and keeps the call and what was observed", () => {
    const observed = outputs([-1, 5, 7]);
    const verdict = judge(integers, expected(integers), observed, direct);
    expect(verdict).toEqual({
      status: "fail",
      margin: Number.POSITIVE_INFINITY,
      failure: {
        message: "2 of 3 elements of Z are wrong",
        deviation: { output: "Z", index: [0, 0, 1], got: 5, expected: -1, allowed: 0, of: 3, wrong: 2 },
        invocation: integers,
        observed,
      },
    });
  });

  it("sees the last element, and NaN", () => {
    expect(judged([-1, -1, 0])).toMatchObject({ status: "fail", failure: { deviation: { index: [0, 0, 2] } } });
    expect(judged([Number.NaN, -1, -1])).toMatchObject({ status: "fail", failure: { deviation: { wrong: 1 } } });
  });

  it("takes either zero, unless the backend declares that it gives the positive one", () => {
    const V = line(-1, 2);
    const relu = { operator: "relu", inputs: { V }, attributes: {} } as unknown as Invocation;
    const positive: Declaration = { ...direct, choices: { "signed-zero": "positive" } };
    expect(judged([-0, 2], direct, relu).status).toBe("pass");
    expect(judged([-0, 2], { ...direct, choices: { nan: "propagate" } }, relu).status).toBe("pass");
    expect(judged([0, 2], positive, relu).status).toBe("pass");
    expect(judged([-0, 2], positive, relu)).toMatchObject({
      status: "fail",
      failure: { deviation: { index: [0, 0, 0] } },
    });
  });

  it("gives the worst margin of the elements that pass", () => {
    const real = call(line(1 / 3, 5 / 7, 11 / 13), line(1 / 9, 3 / 11));
    const exact = expected(real);
    const [first, second] = exact.Z.values;
    const off = (value: number, ulps: number) => Math.fround(value + 2 * ulps * halfUlp(value, "f32"));
    const one = judge(real, exact, outputs([off(first, 1), second]), direct);
    const both = judge(real, exact, outputs([off(first, 2), off(second, 1)]), direct);
    expect(one).toMatchObject({ status: "pass" });
    expect(both).toMatchObject({ status: "pass" });
    const [low, high] = [one, both].map((verdict) => (verdict.status === "pass" ? verdict.margin : Number.NaN));
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(low);
    expect(high).toBeLessThanOrEqual(1);
  });

  it("holds each element of a transform to the norms of its own sample and kernel", () => {
    const V = line(1 / 3, 5 / 7, 11 / 13);
    const K = encode("f32", [2, 1, 2], [1 / 9, 3 / 11, 1000 / 9, 3000 / 11]);
    const real = call(V, K);
    const exact = expected(real);
    const allowed = allowedByTransform("correlate", { V, K }, "f32");
    const large = allowed?.([0, 1, 0]) ?? 0;
    const moved = (at: number) => {
      const Z = Array.from(decode(encode("f32", exact.Z.shape, exact.Z.values)));
      return outputs(
        Z.map((value, i) => (i === at ? value + large / 2 : value)),
        exact.Z.shape,
      );
    };
    const transform: Declaration = { algorithm: "transform" };
    expect(judge(real, exact, moved(2), transform).status).toBe("pass");
    expect(judge(real, exact, moved(0), transform).status).toBe("fail");
    expect(judge(real, exact, moved(2), direct).status).toBe("fail");
  });

  it("looks at every output", () => {
    const inputs = {
      x: encode("f32", [2, 1], [1, 3]),
      gamma: encode("f32", [1], [2]),
      G: encode("f32", [2, 1], [1, 2]),
    };
    const call = { operator: "batch-norm-gradient", inputs, attributes: { epsilon: 1 } } as unknown as Invocation;
    const target = expected(call);
    const right = Object.fromEntries(
      Object.entries(target).map(([name, { shape, values }]) => [name, encode("f32", shape, values)]),
    );
    expect(judge(call, target, right, direct).status).toBe("pass");
    const wrong = { ...right, dbeta: encode("f32", [1], [100]) };
    expect(judge(call, target, wrong, direct)).toMatchObject({ failure: { deviation: { output: "dbeta", got: 100 } } });
  });
});
