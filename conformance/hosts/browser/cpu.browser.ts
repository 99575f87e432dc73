/// <reference path="./virtual.d.ts" />
import { backends } from "virtual:convspec/backends";
import { expect, test } from "vitest";
import type { Backend } from "../../../spec/index.ts";
import { checks } from "../browser-suite.ts";
import { holdTo } from "../hold-to.ts";

interface CpuModule {
  createCpu(options: { readonly debug: boolean; readonly threads: number }): Backend;
}

const { createCpu } = (await backends.cpu()) as unknown as CpuModule;

/** With guards around every block, and every job split over the threads, however small. */
const cpu = createCpu({ debug: true, threads: 2 });

test("a page that is cross-origin isolated has threads", () => {
  expect(crossOriginIsolated).toBe(true);
  expect(cpu.description).toMatch(/^2 threads/);
});

/** What is refused is refused before a thread or a kernel is asked: as in Node. */
const computes = checks.filter(({ kind }) => kind !== "constraint");

holdTo(computes, cpu);
