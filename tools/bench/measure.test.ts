import { afterAll, describe, expect, test } from "vitest";
import plain from "../../backends/cpu/plain/index.ts";
import { operatorNamed, sizeOf, type Tensor } from "../../spec/index.ts";
import type { Cell } from "./cell.ts";
import { inputsOf } from "./data.ts";
import { engines } from "./engines/index.ts";
import { expected } from "./expected.ts";
import { formulas } from "./formulas.ts";
import { allowances, compare } from "./judge.ts";
import { convolution, layers } from "./layers.ts";
import { type Effort, measure } from "./measure.ts";
import { inProcess } from "./run.ts";

const least: Effort = { rounds: 3, turnMs: 1, budgetMs: 50, warmMs: 1 };
const tiny = convolution("tiny", { V: [2, 4, 7, 9], K: [6, 2, 3, 2], stride: 2, pad: 1, groups: 2 });
const line = convolution("line", { V: [1, 3, 31], K: [2, 3, 5] });

const computed = async (cell: Cell, inputs: Readonly<Record<string, Tensor>>): Promise<number[]> => {
  const implementation = plain.operators[cell.operator] as (inputs: object, attributes: object) => unknown;
  const outputs = (await implementation(inputs, cell.attributes)) as Readonly<Record<string, Tensor>>;
  return Array.from(outputs[cell.output.name].data);
};

const compared = async (cell: Cell, change: (values: number[]) => void = () => {}) => {
  const inputs = inputsOf(cell);
  const at = expected(cell, inputs);
  const output = await computed(cell, inputs);
  change(output);
  const values = at.positions.map((position) => output[position]);
  return compare(cell, at, allowances(cell, inputs, at), values);
};

/** A small cell for each operator of the layers. */
const small: readonly Cell[] = [
  ...tiny,
  ...line,
  ...layers.filter(({ group }) => group === "odd").flatMap(({ cells }) => cells.slice(0, 1)),
  ...layers.filter(({ group }) => group === "pool" || group === "pointwise").flatMap(({ cells }) => cells),
];

describe("the elements that results are compared with", () => {
  test.each(small.map((cell) => [`${cell.layer} ${cell.operation}`, cell] as const))("%s", async (_, cell) => {
    const { maxError, wrong } = await compared(cell);
    expect(wrong).toBeUndefined();
    expect(maxError).toBeLessThan(1e-5);
  });

  test.each([
    ["the last element missing", (values: number[]) => values.splice(-1, 1, 0)],
    ["one not a number", (values: number[]) => values.splice(0, 1, Number.NaN)],
    ["a row late", (values: number[]) => values.unshift(values.pop() ?? 0)],
  ])("%s is wrong", async (_, change) => {
    for (const cell of [...tiny, ...line]) expect((await compared(cell, change)).wrong).toContain(cell.output.name);
  });

  test("there is a formula for every operator of the layers", () => {
    const operators = new Set(layers.flatMap(({ cells }) => cells.map(({ operator }) => operator)));
    for (const operator of operators) expect(formulas[operator], operator).toBeDefined();
  });

  test("every cell is a valid call", () => {
    for (const cell of layers.flatMap(({ cells }) => cells)) {
      const { constraints } = operatorNamed(cell.operator);
      const types = Object.entries(cell.inputs).map(([name, shape]) => [name, { dtype: "f32", shape }]);
      const call = { inputs: Object.fromEntries(types), attributes: cell.attributes };
      for (const { id, violation } of constraints) expect(violation(call as never), id).toBeUndefined();
      expect(sizeOf(cell.output.shape)).toBeGreaterThan(0);
    }
  });
});

describe("one small layer on engines in processes of their own", { timeout: 120_000 }, () => {
  const names = [
    "tfjs-wasm",
    "onnxruntime-web",
    "onnxruntime-node",
    "torch",
    "scipy-oaconvolve",
    "tfjs-cpu",
    "wasm-peak",
  ];
  const contestants = names.map((name) => inProcess(name, 1));
  afterAll(() => Promise.all(contestants.map((contestant) => contestant.close())));

  test("each is timed, or says why not", async () => {
    const [cell] = convolution("small", { V: [1, 4, 12, 12], K: [8, 4, 3, 3], pad: 1 });
    const rows = await measure(cell, contestants, least);
    expect(rows.map(({ backend }) => backend)).toEqual(names);
    for (const { backend, status, reason, medianMs, spread } of rows) {
      if (status === "timed") expect([medianMs, spread?.samples]).toEqual([expect.any(Number), expect.any(Number)]);
      else
        expect([status, reason], backend).toEqual([
          expect.stringMatching(/^(absent|unsupported)$/),
          expect.any(String),
        ]);
    }
    const timed = rows.filter(({ status }) => status === "timed").map(({ backend }) => backend);
    expect(timed).toEqual(expect.arrayContaining(["tfjs-wasm", "onnxruntime-web", "onnxruntime-node", "tfjs-cpu"]));
    expect(rows.find(({ backend }) => backend === "scipy-oaconvolve")?.status).not.toBe("timed");
  });

  test("an engine that is not there is absent", async () => {
    const nowhere = inProcess("tfjs-wasm", 1, { node: "/nowhere/node" });
    const [row] = await measure(tiny[0], [nowhere], least);
    expect(row).toMatchObject({ backend: "tfjs-wasm", status: expect.stringMatching(/absent|failed/) });
    expect(row.reason).toContain("ENOENT");
  });

  test("threads are those that were asked for", async () => {
    const two = inProcess("tfjs-wasm", 2);
    expect(await two.load()).toEqual({ ok: { version: expect.any(String), threads: 2 } });
    await two.close();
  });
});

test("every engine is ours, a peer or a limit", () => {
  for (const { role } of Object.values(engines)) expect(["ours", "peer", "limit"]).toContain(role);
});
