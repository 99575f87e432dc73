/// <reference path="./virtual.d.ts" />
import { backends } from "virtual:convspec/backends";
import type { Backend } from "../../../spec/index.ts";
import { checks } from "../browser-suite.ts";
import { holdTo } from "../hold-to.ts";

interface WebGpuModule {
  createWebGpu(options: { readonly debug: boolean }): Promise<{ readonly backend: Backend }>;
}

const { createWebGpu } = (await backends.webgpu()) as unknown as WebGpuModule;

/** With buffers that are poisoned before use, and bands around them that are looked at after every call. */
const { backend } = await createWebGpu({ debug: true });

/** What is refused is refused before the device is asked: as in Node. */
const computes = checks.filter(({ kind }) => kind !== "constraint");

holdTo(computes, backend);
