import { afterAll, describe, expect, it } from "vitest";
import { suite } from "../../conformance/suite.ts";
import type { Backend, OperatorName, Tensor } from "../../spec/index.ts";
import { type Calls, declarationsFor, operatorsOn } from "./bind.ts";
import { Runtime } from "./runtime/runtime.ts";
import type { Scope } from "./runtime/scope.ts";
import { nodeThreads } from "./threads/node.ts";

/** What a mistake in the runtime changes in a scope. */
type Fault = (scope: Scope) => Partial<Scope>;

const open: Runtime[] = [];
afterAll(async () => {
  for (const runtime of open) await runtime.close();
});

const backendOn = (threads: number, fault: Fault): Backend => {
  const runtime = new Runtime(nodeThreads(), {
    threads,
    shared: true,
    relaxed: false,
    algorithm: "auto",
    winogradFrom: undefined,
    debug: true,
    resident: false,
    memoryLimit: 256 << 20,
    kernelLimit: 256,
    spins: 0,
    patience: 10_000,
  });
  open.push(runtime);
  // Methods of a scope have private state, so that the faulty one has to pass them on.
  const faulty = (scope: Scope): Scope => {
    const own = { ...scope } as Record<string, unknown>;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(scope)))
      own[name] = (...args: unknown[]) =>
        (scope as unknown as Record<string, (...a: unknown[]) => unknown>)[name](...args);
    return { ...own, ...fault(scope) } as unknown as Scope;
  };
  const calls: Calls = { call: (body) => runtime.call((scope) => body(faulty(scope))) };
  return {
    name: "cpu with a fault",
    dtypes: ["f32"],
    declares: { threadInvariant: true, operators: declarationsFor("auto") },
    operators: operatorsOn(calls),
    withThreads: (count) => backendOn(count, fault),
  };
};

/** Results by their inputs' arrays, whatever these hold now. */
const remembered = new WeakMap<Tensor["data"], Tensor["data"]>();

const faults: Readonly<Record<string, Fault>> = {
  "the last item of a job that is shared out is left out": (scope) => ({
    run: (kernel, name, { items, grain }, ...args) =>
      scope.run(kernel, name, { items: scope.threads > 1 && items > 1 ? items - 1 : items, grain }, ...args),
  }),
  "what is left over after whole vectors is not computed": (scope) => ({
    result: (address, shape) => {
      const tensor = scope.result(address, shape);
      const { length } = tensor.data;
      return { ...tensor, data: tensor.data.map((value, at) => (at >= length - (length % 4) ? Number.NaN : value)) };
    },
  }),
  "kernels are kept by operator alone": (scope) => ({
    kernel: (key, build) =>
      scope.kernel(
        key
          .split(" ")
          .slice(0, key.startsWith("pool") ? 2 : 1)
          .join(" "),
        build,
      ),
  }),
  "kernels are kept without their stride": (scope) => ({
    kernel: (key, build) => scope.kernel(key.replace(/"stride":(\[[^\]]*\]|[^,}]+)/, ""), build),
  }),
  "inputs are remembered by their address": (scope) => ({
    input: (tensor) => {
      const before = remembered.get(tensor.data) ?? tensor.data.slice();
      remembered.set(tensor.data, before);
      return scope.input({ ...tensor, data: before });
    },
  }),
  "results are not copied out of the memory": (scope) => ({
    result: (address, shape) => ({
      ...scope.result(address, shape),
      data: scope.floats(
        address,
        shape.reduce((a, b) => a * b, 1),
      ),
    }),
  }),
  "sums depend on the number of threads": (scope) => ({
    result: (address, shape) => {
      const tensor = scope.result(address, shape);
      return { ...tensor, data: tensor.data.map((value) => value + scope.threads * 1e-30) };
    },
  }),
};

const operators: readonly OperatorName[] = ["max-pool", "average-pool-gradient", "dense", "batch-norm", "tiled"];
const checks = (await suite()).filter(
  ({ operator, dtype, kind }) => dtype === "f32" && kind !== "size" && operators.some((name) => name === operator),
);

/** The operators of which some check fails. */
async function caughtBy(backend: Backend): Promise<readonly string[]> {
  const caught = new Set<string>();
  for (const check of checks) {
    if (caught.has(check.operator)) continue;
    const { status } = await check.run(backend, 1);
    if (status === "fail" || status === "error") caught.add(check.operator);
  }
  return [...caught].sort();
}

describe("mistakes in the runtime are caught by the suite", () => {
  it("and a runtime without one passes it", async () => {
    expect(await caughtBy(backendOn(2, () => ({})))).toEqual([]);
  });

  for (const [name, fault] of Object.entries(faults)) {
    it(name, async () => {
      const expected = name.includes("stride") ? ["average-pool-gradient", "max-pool"] : [...operators].sort();
      expect(await caughtBy(backendOn(2, fault))).toEqual(expected);
    });
  }
});
