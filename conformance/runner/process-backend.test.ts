import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { Backend, Tensor } from "../../spec/index.ts";
import { convspec, testBackend } from "../cli/convspec.testing.ts";
import { MalformedResult } from "../invoke.ts";
import { packageRoot } from "../package.ts";
import { processBackend } from "./process-backend.ts";
import { violation } from "./protocol.ts";
import { fromWire, toWire } from "./wire.ts";

const example = `python3 '${fileURLToPath(new URL("conformance/examples/backend.py", packageRoot))}'`;
const bad = `'${execPath}' '${testBackend("bad-process.mjs")}'`;

const inputs = {
  V: { dtype: "f32", shape: [1, 1, 3], data: Float32Array.of(1, 2, 3) },
  K: { dtype: "f32", shape: [1, 1, 2], data: Float32Array.of(1, -1) },
} as const;
const attributes = { stride: [1], dilation: [1], padding: "valid", rounding: "floor", groups: 1 } as const;

let backend: Backend | undefined;
afterEach(() => backend?.close?.());

const call = async (given: object = attributes) =>
  (await backend?.operators.correlate?.(inputs, given as typeof attributes)) as { Z: Tensor };

test("the example in Python passes every check of the operator it has", { timeout: 60_000 }, async () => {
  const { code, stdout } = await convspec(["run", "--command", example, "--operator", "correlate", "--no-report"]);
  expect(stdout).toMatch(/correlate │ \d+ pass/);
  expect(code).toBe(0);
});

test("a process describes itself, answers concurrent calls and refuses what violates a constraint", async () => {
  backend = await processBackend(example);
  expect(backend).toMatchObject({ name: "python-example", dtypes: ["f32", "f64"], declares: { accumulation: "f64" } });
  const results = await Promise.all([call(), call(), call()]);
  for (const { Z } of results) expect(Z).toEqual({ dtype: "f32", shape: [1, 1, 2], data: Float32Array.of(-1, -1) });
  await expect(call({ ...attributes, stride: [0] })).rejects.toThrow("stride must be positive integers, got [0]");
});

test("what is out of form is a malformed result, and the process is started again when it ends", async () => {
  backend = await processBackend(bad);
  await expect(call()).rejects.toThrow(new MalformedResult("the process wrote a line that is not JSON: not JSON"));
  await expect(call()).rejects.toThrow("the process answered run out of form: outputs.Z.data must be string");
  await expect(call()).rejects.toThrow("output Z has 2 bytes, not a whole number of f32 elements");
  await expect(call()).resolves.toMatchObject({ Z: { shape: [1] } });
  await expect(call()).rejects.toMatchObject({ name: "UnsupportedError", message: "no such kernel" });
  await expect(call()).rejects.toThrow("the process exited with code 5");
  await expect(call()).rejects.toThrow("that is not JSON");
});

test("a process that does not describe itself cannot be loaded", async () => {
  await expect(processBackend("echo hello")).rejects.toThrow("a line that is not JSON: hello");
  await expect(processBackend("exit 4")).rejects.toThrow("the process exited with code 4");
});

test.each([
  ["f16", Uint16Array.of(0x3c00, 0x8000, 0x7e00)],
  ["f32", Float32Array.of(1.5, -0, Number.POSITIVE_INFINITY)],
  ["f64", Float64Array.of(Math.PI, 5e-324, Number.NaN)],
] as const)("a tensor of %s comes back from the wire bit by bit", (dtype, data) => {
  const tensor = { dtype, shape: [3], data };
  expect(fromWire("Z", toWire(tensor))).toEqual(tensor);
});

test("a view of a larger buffer goes over the wire without the rest of it", () => {
  const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
  expect(fromWire("Z", toWire({ dtype: "f32", shape: [2], data })).data).toEqual(Float32Array.of(1, 2));
});

test("the schema takes what is sent and names what is wrong", () => {
  const run = { id: 1, type: "run", operator: "correlate", inputs: { V: toWire(inputs.V) }, attributes };
  expect(violation("request", run)).toBeUndefined();
  expect(violation("request", { id: 2, type: "close" })).toBeUndefined();
  expect(violation("result", { id: 1, outputs: {}, extra: 1 })).toBe("must NOT have additional properties extra");
  expect(violation("description", { id: 0, name: "x", operators: [], dtypes: ["bf16"] })).toContain("dtypes.0");
});
