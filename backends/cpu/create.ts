import type { Backend, Tensor } from "../../spec/index.ts";
import { declarationsFor, operatorsOn } from "./bind.ts";
import plain from "./plain/index.ts";
import { enableRelaxed, enableRevectorize, hasSharedMemory, hasSimd } from "./runtime/features.ts";
import { Runtime, type Usage } from "./runtime/runtime.ts";
import type { AlgorithmChoice } from "./runtime/scope.ts";
import { browserThreads } from "./threads/browser.ts";
import { nodeThreads } from "./threads/node.ts";

export interface CpuOptions {
  /** Threads in all, with the one that calls; as many as can run at once unless given. */
  readonly threads?: number;
  /** `auto`: what is fastest, Winograd for some calls; `direct`: sums of products only. */
  readonly algorithm?: AlgorithmChoice;
  /** Channels from which on `auto` uses Winograd's algorithm, whatever it costs; where it is faster unless given. */
  readonly winogradFrom?: number;
  /** Guards around every block, NaN in what is free, and every job split over the threads. Slower. */
  readonly debug?: boolean;
  /** Fused multiply-add where the engine has it; true unless given. In Node it is switched on for the process. */
  readonly relaxed?: boolean;
  /** 256-bit vectors on V8 of Node 24 and later; a flag for the whole process. */
  readonly revectorize?: boolean;
  /** Whether results stay in the shared memory until they are given to `free`; otherwise they are copied out. */
  readonly resident?: boolean;
  /** Bytes of memory at most; 2 GiB unless given, which is also the most. */
  readonly memoryLimit?: number;
  /** How many compiled kernels are kept; 256 unless given, which is also the most. */
  readonly kernelLimit?: number;
  /** How often a worker looks for the next job before it sleeps. */
  readonly spins?: number;
  /** Milliseconds after which a worker that does not finish is given up; 30,000 unless given. */
  readonly patience?: number;
  /** Whether to use vectors, and shared memory, where they are there; to force the fallbacks. */
  readonly simd?: boolean;
  readonly sharedMemory?: boolean;
}

/** The cpu backend, and what it offers besides. */
export interface Cpu extends Backend {
  readonly threads: number;
  /** Copies a tensor into the memory the kernels work on: as an input it is not copied again, until `free`. */
  store(tensor: Tensor): Tensor;
  /** Gives back the memory of a stored tensor or a resident result. */
  free(tensor: Tensor): void;
  /** Starts the threads before the first call does. */
  start(): void;
  /** Ends the worker threads; the next call starts others. */
  endWorkers(): Promise<void>;
  usage(): Usage;
  withThreads(count: number): Cpu;
  close(): Promise<void>;
}

const LIMIT = 2 ** 31;
const LEAST = 2 ** 21;

/** The plain loops alone, for an engine without vectors. */
const plainly = (): Cpu => ({
  ...plain,
  description: "no Wasm SIMD: plain loops, 1 thread",
  declares: { ...plain.declares, threadInvariant: true },
  threads: 1,
  store: (tensor) => tensor,
  free: () => {},
  start: () => {},
  endWorkers: async () => {},
  usage: () => ({ bytes: 0, blocks: 0, kernels: 0, workers: 0 }),
  withThreads: plainly,
  close: async () => {},
});

const described = (threads: number, shared: boolean, relaxed: boolean, wide: boolean): string => {
  const vectors = `Wasm SIMD${relaxed ? " with relaxed FMA" : ""}${wide ? ", 256-bit vectors" : ""}`;
  if (!shared) return `no SharedArrayBuffer: 1 thread, ${vectors}`;
  return `${threads} ${threads === 1 ? "thread" : "threads"}, ${vectors}`;
};

/** Makes a cpu backend. Threads and memory are taken at the first call. */
export function createCpu(options: CpuOptions = {}): Cpu {
  if (options.simd === false || !hasSimd()) return plainly();
  const { relaxed = true, revectorize = false, algorithm = "auto", debug = false, resident = false } = options;
  const fused = relaxed && enableRelaxed();
  const wide = revectorize && enableRevectorize();
  const shared = options.sharedMemory !== false && hasSharedMemory();
  const platform = shared ? (nodeThreads() ?? browserThreads()) : undefined;
  const available = platform?.available ?? 1;
  const count = options.threads ?? available;
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`threads must be a positive integer, got ${count}`);
  const memoryLimit = Math.min(options.memoryLimit ?? LIMIT, LIMIT);
  if (!(memoryLimit >= LEAST)) throw new RangeError(`memoryLimit must be at least 2 MiB, got ${memoryLimit} bytes`);
  const runtime = new Runtime(platform, {
    threads: count,
    shared,
    relaxed: fused,
    algorithm,
    winogradFrom: options.winogradFrom,
    debug,
    resident,
    memoryLimit,
    kernelLimit: options.kernelLimit ?? 256,
    // More threads than processors would spin in each other's way.
    spins: options.spins ?? (count > available ? 0 : 20_000),
    patience: options.patience ?? 30_000,
  });
  const { threads } = runtime.options;
  return {
    name: "cpu",
    version: "0.1.0",
    description: described(threads, shared, fused, wide),
    dtypes: ["f32", "f64"],
    declares: { algorithm: "direct", threadInvariant: true, operators: declarationsFor(algorithm) },
    operators: operatorsOn(runtime),
    threads,
    store: (tensor) => runtime.store(tensor),
    free: (tensor) => runtime.free(tensor),
    start: () => runtime.start(),
    endWorkers: () => runtime.endWorkers(),
    usage: () => runtime.usage(),
    withThreads: (n) => createCpu({ ...options, threads: n }),
    close: () => runtime.close(),
  };
}
