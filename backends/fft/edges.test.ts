import { afterAll, describe, expect, it } from "vitest";
import { againstReference } from "../../conformance/oracle.ts";
import { type OperatorName, type Padding, random, sizeOf, type Tensor } from "../../spec/index.ts";
import { createFft } from "./create.ts";

const backends = [
  createFft({ threads: 1 }),
  createFft({ threads: 1, accuracy: "local" }),
  { ...createFft({ threads: 1, blocks: "smallest" }), name: "fft, smallest blocks" },
];
afterAll(() => Promise.all(backends.map((backend) => backend.close?.())));

const drawn = (shape: readonly number[], id: string, dtype: "f32" | "f64" = "f32"): Tensor => {
  const source = random(1, id);
  const data = dtype === "f32" ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
  return { dtype, shape, data: data.map(() => source.integer(-1000, 1000) / 64) };
};

const attributes = (axes: number, padding: Padding) => ({
  stride: Array<number>(axes).fill(1),
  dilation: Array<number>(axes).fill(1),
  padding,
  rounding: "floor" as const,
  groups: 1,
});

const cases: readonly (readonly [says: string, X: readonly number[], R: readonly number[], padding: Padding])[] = [
  ["a signal shorter than the kernel", [5], [37], "full"],
  ["a signal shorter than the kernel, with as many outputs as inputs", [5], [37], "same"],
  ["a signal and a kernel of one element", [1], [1], "valid"],
  ["a kernel of one element", [101], [1], "valid"],
  ["a kernel equal in extent to the input", [101], [101], "valid"],
  ["a kernel equal in extent to the input, at every overlap", [101], [101], "full"],
  ["extents that are prime", [103, 61], [13, 7], "same"],
  ["an odd kernel that keeps the extent", [64], [9], "same"],
  ["an even kernel that keeps the extent", [64], [8], "same"],
  ["an even kernel that keeps the extent, the larger part of the padding first", [64], [8], "same-lower"],
  ["padding far wider than the kernel", [11], [3], [[40, 70]]],
  ["padding that whole blocks lie in, before the signal and after it", [11], [3], [[4000, 700]]],
  ["padding on one side only", [31], [12], [[0, 11]]],
  ["three axes", [9, 11, 13], [4, 3, 6], "same"],
];

describe.each(backends)("$name", (backend) => {
  for (const [says, X, R, padding] of cases)
    for (const dtype of ["f32", "f64"] as const)
      it(`computes ${says}, in ${dtype}`, async () => {
        const V = drawn([1, 1, ...X], `V ${says}`, dtype);
        const K = drawn([1, 1, ...R], `K ${says}`, dtype);
        for (const operator of ["correlate", "convolve"] as const satisfies readonly OperatorName[]) {
          const verdict = await againstReference(backend, {
            operator,
            inputs: { V, K },
            attributes: attributes(X.length, padding),
          });
          expect(verdict).toMatchObject({ status: "pass" });
        }
      });

  it("refuses an extent of zero, and goes on", async () => {
    const inputs = { V: drawn([1, 1, 0], "none"), K: drawn([1, 1, 1], "one") };
    const call = async () => backend.operators.correlate?.(inputs, attributes(1, "valid"));
    await expect(call()).rejects.toThrow("CORR-3.C4");
    const verdict = await againstReference(backend, {
      operator: "correlate",
      inputs: { V: drawn([1, 1, 4], "some"), K: inputs.K },
      attributes: attributes(1, "valid"),
    });
    expect(verdict.status).toBe("pass");
  });
});
