import { sizeOf, type Tensor } from "../../../spec/index.ts";
import type { Threads } from "../threads/spawn.ts";
import { CONTROL_SIZE, MAX_THREADS } from "./control.ts";
import { Heap } from "./heap.ts";
import { Kept } from "./kept.ts";
import { Kernels } from "./kernels.ts";
import { Pool, ThreadLost } from "./pool.ts";
import { type AlgorithmChoice, Scope, type ScopeParts } from "./scope.ts";

const PAGE = 65_536;
/** Bytes of transformed weights that are kept at most. */
const KEPT = 2 ** 28;

export interface RuntimeOptions {
  readonly threads: number;
  readonly shared: boolean;
  readonly relaxed: boolean;
  readonly algorithm: AlgorithmChoice;
  readonly winogradFrom?: number | undefined;
  readonly debug: boolean;
  readonly resident: boolean;
  /** Bytes of memory at most. */
  readonly memoryLimit: number;
  /** How many compiled kernels are kept. */
  readonly kernelLimit: number;
  readonly spins: number;
  readonly patience: number;
}

/** What a backend holds at the moment. */
export interface Usage {
  /** Bytes that the memory has grown to. */
  readonly bytes: number;
  /** Blocks of stored tensors and resident results. */
  readonly blocks: number;
  /** Compiled kernels. */
  readonly kernels: number;
  /** Worker threads that have begun to listen. */
  readonly workers: number;
}

type Parts = ScopeParts & { readonly memory: WebAssembly.Memory };

/** One memory, the threads that share it, and the kernels compiled for it. All is made at the first call. */
export class Runtime {
  readonly options: RuntimeOptions;
  readonly #threads: Threads | undefined;
  #parts: Parts | undefined;
  #closed = false;

  /** @param threads how workers are started; undefined where there is one thread only */
  constructor(threads: Threads | undefined, options: RuntimeOptions) {
    this.#threads = threads;
    this.options = { ...options, threads: threads ? Math.min(options.threads, MAX_THREADS) : 1 };
  }

  /**
   * Runs one call of an operator. Calls follow one another: there is no second one before this returns.
   * Should a worker thread be lost on the way, the call is made again on a new memory.
   */
  call<T>(body: (scope: Scope) => T): T {
    try {
      return this.#call(body);
    } catch (thrown) {
      if (!(thrown instanceof ThreadLost)) throw thrown;
      const lost = this.#parts;
      this.#parts = undefined;
      lost?.pool.close();
      return this.#call(body);
    }
  }

  /** Starts the threads now, so that the first call need not. */
  start(): void {
    this.#ready().pool.start();
  }

  /** Ends the workers; the next job starts others. */
  async endWorkers(): Promise<void> {
    await this.#parts?.pool.close();
  }

  /** A copy of a tensor in the memory that kernels work on: as an input it is used where it lies, until it is freed. */
  store(tensor: Tensor): Tensor {
    const { heap, kept } = this.#ready();
    if (!this.options.shared) return tensor;
    const address = kept.allocate(4 * sizeOf(tensor.shape));
    const data = new Float32Array(heap.buffer, address, tensor.data.length);
    data.set(tensor.data);
    return { ...tensor, data };
  }

  /** Gives back the memory of a tensor that was stored here, or that a call has left here. Others are left alone. */
  free({ data }: Tensor): void {
    const address = this.#parts?.heap.addressOf(data);
    if (address !== undefined) this.#parts?.heap.free(address);
  }

  usage(): Usage {
    const { heap, kernels, kept, pool } = this.#parts ?? {};
    return {
      bytes: heap?.size ?? 0,
      blocks: (heap?.blocks ?? 0) - (kept?.size ?? 0),
      kernels: kernels?.size ?? 0,
      workers: pool?.listening ?? 0,
    };
  }

  /** Ends the threads and lets go of the memory. Calls are refused from here on. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#parts?.pool.close();
    this.#parts = undefined;
  }

  #call<T>(body: (scope: Scope) => T): T {
    const parts = this.#ready();
    const scope = new Scope(parts);
    let done = false;
    try {
      const result = body(scope);
      done = true;
      const overrun = parts.heap.overrun();
      if (overrun !== undefined) throw new Error(`a kernel wrote beside the block at ${overrun}`);
      return result;
    } finally {
      scope.end();
      parts.kept.release(!done);
    }
  }

  #ready(): Parts {
    if (this.#closed) throw new Error("the backend is closed");
    this.#parts ??= this.#make();
    return this.#parts;
  }

  #make(): Parts {
    const { threads: count, shared, debug, memoryLimit, kernelLimit, spins, patience } = this.options;
    const maximum = Math.floor(memoryLimit / PAGE);
    const memory = new WebAssembly.Memory({ initial: CONTROL_SIZE / PAGE, maximum, shared });
    const threads = this.#threads ?? alone;
    const pool = new Pool(threads, { memory, count, spins, patience, waitForWorkers: debug });
    const { relaxed, algorithm, winogradFrom, resident } = this.options;
    const heap = new Heap(memory, { limit: maximum * PAGE, debug });
    return {
      threads: count,
      relaxed,
      algorithm,
      winogradFrom,
      resident: resident && shared,
      memory,
      heap,
      kept: new Kept(heap, Math.min(memoryLimit / 4, KEPT)),
      kernels: new Kernels(memory, shared, kernelLimit),
      pool,
      // In debug mode every job is split, however small, so that every split is exercised.
      grain: (items, wanted) => (debug ? Math.max(1, Math.min(wanted, Math.floor(items / (2 * count)))) : wanted),
    };
  }
}

const alone: Threads = {
  start: () => {
    throw new Error("there are no threads to start");
  },
  available: 1,
  maySleep: true,
  startsWhileBusy: false,
};
