import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Backend, type Tensor, UnsupportedError } from "../../../spec/index.ts";
import type { Cell } from "../cell.ts";
import { AbsentError, type Engine, type Inputs, type Prepared } from "./engine.ts";
import { type WebGpu, webgpuEngine } from "./webgpu.ts";

type Create = (options: Readonly<Record<string, unknown>>) => Backend | Promise<Backend>;

/** Where compiled backends are: here, or in another checkout. */
const dist = process.env.BENCH_DIST
  ? pathToFileURL(`${resolve(process.env.BENCH_DIST)}/`)
  : new URL("../../../dist/", import.meta.url);

/** Compiled modules: what users run, free of what a loader does to the source. */
const load = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
  const url = new URL(`backends/${path}`, dist);
  if (!existsSync(url)) throw new AbsentError(`there is no ${fileURLToPath(url)}: npm run build`);
  return (await import(url.href)) as Readonly<Record<string, unknown>>;
};

/** A backend of the house by its `create` function. */
export const created =
  (path: string, name: string, options: Readonly<Record<string, unknown>>) =>
  async (threads: number): Promise<Engine> => {
    const module = await load(path);
    return engineOf(await (module[name] as Create)({ ...options, threads }), threads, options.resident === true);
  };

/** A backend of the house as it is exported, on one thread. */
export const exported = (path: string) => async (): Promise<Engine> =>
  engineOf((await load(path)).default as Backend, 1);

/** The webgpu backend in Node. */
export async function onDevice(): Promise<Engine> {
  const { createWebGpu } = (await load("webgpu/webgpu.js")) as { readonly createWebGpu: () => Promise<WebGpu> };
  return webgpuEngine(await createWebGpu());
}

type Run = (inputs: Inputs, attributes: object) => unknown;

/** What a backend has that keeps tensors in its own memory. */
interface Keeper {
  store(tensor: Tensor): Tensor;
  free(tensor: Tensor): void;
}

const isKeeper = (backend: Backend): backend is Backend & Keeper => "store" in backend && "free" in backend;

const engineOf = (backend: Backend, threads: number, resident = false): Engine => ({
  version: backend.version ?? "",
  threads,
  prepare: (cell, inputs) => {
    const run = backend.operators[cell.operator] as Run | undefined;
    if (!run) throw new UnsupportedError(`${backend.name} has no ${cell.operator}`);
    return resident && isKeeper(backend) ? kept(backend, run, cell, inputs) : passed(run, cell, inputs);
  },
  close: () => backend.close?.(),
});

/** Plain tensors in, plain tensors out, at every call. */
function passed(run: Run, { attributes, output }: Cell, inputs: Inputs): Prepared {
  let last: unknown;
  return {
    call: () => {
      last = run(inputs, attributes);
      return last;
    },
    output: async () => ((await last) as Inputs)[output.name].data as Float32Array,
  };
}

/** Tensors that stay in the backend's memory, as those of other engines stay in theirs. */
function kept(backend: Keeper, run: Run, { attributes, output }: Cell, inputs: Inputs): Prepared {
  const stored = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, backend.store(tensor)]));
  let last: Inputs | undefined;
  const freeLast = (): void => {
    for (const tensor of Object.values(last ?? {})) backend.free(tensor);
    last = undefined;
  };
  const keep = (result: Inputs): void => {
    last = result;
  };
  return {
    call: () => {
      freeLast();
      const result = run(stored, attributes);
      return result instanceof Promise ? result.then(keep) : keep(result as Inputs);
    },
    output: () => Float32Array.from((last as Inputs)[output.name].data),
    release: () => {
      freeLast();
      for (const tensor of Object.values(stored)) backend.free(tensor);
    },
  };
}
