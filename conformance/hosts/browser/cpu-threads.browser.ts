/// <reference path="./virtual.d.ts" />
import { backends } from "virtual:convspec/backends";
import { afterAll, expect, test, vi } from "vitest";
import type { Backend } from "../../../spec/index.ts";

interface CpuModule {
  createCpu(options: { readonly threads: number }): Backend & { usage(): { readonly workers: number } };
}

const { createCpu } = (await backends.cpu()) as unknown as CpuModule;
const cpu = createCpu({ threads: 3 });
afterAll(() => cpu.close?.());

test("workers begin once the page returns to its event loop, and results stay right", async () => {
  const V = { dtype: "f32" as const, shape: [1, 4, 200, 200], data: new Float32Array(160_000).fill(-2) };
  const answers = async () => (await cpu.operators.relu?.({ V }, {}))?.Z.data.every((value) => value === 0);
  expect(await answers()).toBe(true);
  await vi.waitFor(() => expect(cpu.usage().workers).toBe(2), { timeout: 20_000 });
  for (let call = 0; call < 20; call++) expect(await answers()).toBe(true);
});
