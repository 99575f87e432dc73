import { describe, expect, it } from "vitest";
import { encode } from "../reference/index.ts";
import { type Backend, type Implementation, type Tensor, UnsupportedError } from "../spec/index.ts";
import type { Invocation, Verdict } from "./check.ts";
import { invoke } from "./invoke.ts";
import { allHold } from "./oracle.ts";

const right: Implementation<"relu"> = ({ V }) => ({ Z: { ...V, data: V.data.map((value) => Math.max(value, 0)) } });

const call = (): Invocation<"relu"> => ({
  operator: "relu",
  inputs: { V: encode("f32", [1, 3], [1, -2, 3]) },
  attributes: {},
});

const made = (relu: unknown, invocation: Invocation = call()) =>
  invoke({ name: "test", operators: { relu } } as unknown as Backend, invocation);

describe("a call", () => {
  it("is taken where the form of its result is right", async () => {
    expect((await made(right)).Z.data).toEqual(Float32Array.of(1, 0, 3));
  });

  it("must not have its shape or its attributes written to", async () => {
    const reshapes = ({ V }: { V: Tensor }) => {
      const result = right({ V }, {});
      (V.shape as number[]).reverse();
      return result;
    };
    await expect(made(reshapes)).rejects.toThrow("the shape of input V was written to");
    const forgets = ({ V }: { V: Tensor }, attributes: { rate: number[] }) => {
      attributes.rate[0] = 1;
      return right({ V }, {});
    };
    const attributes = { rate: [2] } as unknown as Invocation["attributes"];
    await expect(made(forgets, { ...call(), attributes })).rejects.toThrow("attribute rate was written to");
  });

  it("must give new tensors, stored in their own format, and no others", async () => {
    const itself = ({ V }: { V: Tensor }) => ({ Z: { ...V } });
    await expect(made(itself)).rejects.toThrow("output Z shares memory with input V");
    const wide = ({ V }: { V: Tensor }) => ({ Z: { ...V, data: Float64Array.from(V.data) } });
    await expect(made(wide)).rejects.toThrow("must be a Float32Array, got Float64Array");
    const plain = ({ V }: { V: Tensor }) => ({ Z: { ...V, data: Array.from(V.data) } });
    await expect(made(plain)).rejects.toThrow("must be a Float32Array, got Array");
    const more = ({ V }: { V: Tensor }) => ({ ...right({ V }, {}), W: V });
    await expect(made(more)).rejects.toThrow("W is no output: expected { Z }");
  });

  it("may give a part of a larger buffer, even of the one that an input is a part of", async () => {
    const memory = new Float32Array(8);
    memory.set([1, -2, 3]);
    const V: Tensor = { dtype: "f32", shape: [1, 3], data: memory.subarray(0, 3) };
    const beside = () => {
      memory.set([1, 0, 3], 3);
      return { Z: { ...V, data: memory.subarray(3, 6) } };
    };
    const { Z } = await made(beside, { ...call(), inputs: { V } });
    expect(Array.from(Z.data)).toEqual([1, 0, 3]);
  });
});

describe("verdicts that must all hold", () => {
  const unsupported: Verdict = { status: "unsupported", reason: new UnsupportedError("groups").message };
  const failed: Verdict = { status: "fail", failure: { message: "wrong" } };
  const all = (...verdicts: Verdict[]) => allHold(verdicts.map((verdict) => async () => verdict));

  it("go on after what is not supported: a failure behind it is seen", async () => {
    expect(await all({ status: "pass", margin: 0.5 }, unsupported, failed)).toEqual(failed);
  });

  it("still say what is not supported where nothing fails", async () => {
    expect(await all(unsupported, { status: "pass", margin: 0.5 })).toEqual(unsupported);
    expect(await all({ status: "pass", margin: 0.5 }, { status: "pass", margin: 0.25 })).toEqual({
      status: "pass",
      margin: 0.5,
    });
  });
});
