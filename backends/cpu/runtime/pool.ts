import type { Thread, Threads } from "../threads/spawn.ts";
import { ARGUMENTS, CODE, heldWord, MAX_ARGUMENTS, MESSAGE, OPEN, word } from "./control.ts";
import type { Kernel } from "./kernels.ts";
import { takeItems } from "./work.ts";

/** A worker did not finish what it had begun: its memory is not to be used any more. */
export class ThreadLost extends Error {}

export interface PoolOptions {
  readonly memory: WebAssembly.Memory;
  /** Threads in all, with the one that calls. */
  readonly count: number;
  readonly spins: number;
  /** Milliseconds after which a worker that has not finished counts as lost. */
  readonly patience: number;
  /** Whether a job waits until all workers listen, so that they surely take part. */
  readonly waitForWorkers: boolean;
}

/** How often the thread that calls looks whether the others are done before it sleeps. */
const LOOKS = 2000;
/** How often workers that ended are started anew. */
const RESTARTS = 8;

/** Runs jobs on the thread that calls and on workers beside it. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #threads: Threads;
  readonly #words: Int32Array;
  readonly #workers: Thread[] = [];
  #restarts = 0;

  constructor(threads: Threads, options: PoolOptions) {
    this.#threads = threads;
    this.#options = options;
    this.#words = new Int32Array(options.memory.buffer, 0, CODE / 4);
  }

  /**
   * Calls a function of a kernel for items 0 … items − 1, so many at a time, on all threads: which thread takes
   * which is left open. Returns when all are done.
   */
  run(kernel: Kernel, name: string, items: number, grain: number, args: readonly number[]): void {
    const at = kernel.names.indexOf(name);
    if (at < 0) throw new Error(`the kernel has no function ${name}, but ${kernel.names.join(", ")}`);
    if (args.length > MAX_ARGUMENTS) throw new RangeError(`${args.length} arguments`);
    const run = kernel.functions[at];
    if (this.#options.count === 1 || items <= grain) {
      for (let first = 0; first < items; first += grain) run(first, Math.min(first + grain, items), 0, ...args);
      return;
    }
    this.#keepStarted();
    this.#write(kernel, at, items, grain, args);
    const words = this.#words;
    Atomics.or(words, word.STATE, OPEN);
    Atomics.add(words, word.GENERATION, 1);
    Atomics.notify(words, word.GENERATION);
    try {
      takeItems(words, run, 0, args);
    } finally {
      Atomics.store(words, word.NEXT, items);
      Atomics.and(words, word.STATE, ~OPEN);
      this.#waitForOthers();
    }
    this.#throwWhatFailed();
  }

  /** How many workers have begun to listen. */
  get listening(): number {
    const { length } = this.#workers;
    return length === 0 ? 0 : Math.min(length, Atomics.load(this.#words, word.READY));
  }

  /** Ends every worker; a job that comes later starts others. */
  async close(): Promise<void> {
    const workers = this.#workers.splice(0);
    if (workers.length === 0) return;
    await Promise.all(workers.map((worker) => worker.terminate()));
    for (const place of [word.READY, word.STATE]) Atomics.store(this.#words, place, 0);
  }

  /** Starts the workers, and those anew that have ended. */
  start(): void {
    const { memory, spins, count } = this.#options;
    for (let thread = 1; thread < count; thread++) {
      const worker = this.#workers[thread - 1];
      if (worker !== undefined && (!worker.ended || this.#restarts >= RESTARTS)) continue;
      if (worker !== undefined) this.#restarts++;
      this.#words.fill(0, heldWord(thread, 0), heldWord(thread + 1, 0));
      this.#workers[thread - 1] = this.#threads.start({ memory, thread, spins });
    }
  }

  #keepStarted(): void {
    const starts = this.#workers.length === 0;
    this.start();
    if (!starts || !this.#options.waitForWorkers || !this.#threads.startsWhileBusy) return;
    const until = performance.now() + 10_000;
    for (;;) {
      const ready = Atomics.load(this.#words, word.READY);
      if (ready >= this.#options.count - 1) return;
      if (performance.now() > until) throw new Error("no worker thread could be started within 10 s");
      Atomics.wait(this.#words, word.READY, ready, 1000);
    }
  }

  #write(kernel: Kernel, at: number, items: number, grain: number, args: readonly number[]): void {
    const { memory, count } = this.#options;
    const words = this.#words;
    for (let thread = 1; thread < count; thread++) {
      if (words[heldWord(thread, kernel.slot)] === kernel.id) continue;
      new Uint8Array(memory.buffer).set(kernel.bytes, CODE);
      words[word.CODE_LENGTH] = kernel.bytes.length;
      break;
    }
    [words[word.KERNEL], words[word.SLOT], words[word.FUNCTION]] = [kernel.id, kernel.slot, at];
    [words[word.ITEMS], words[word.GRAIN], words[word.FAILED]] = [items, grain, 0];
    words[word.THREADS] = count;
    new Float64Array(memory.buffer, ARGUMENTS, args.length).set(args);
    words[word.ARGUMENT_COUNT] = args.length;
    Atomics.store(words, word.NEXT, 0);
  }

  /** Until no worker is in the job. */
  #waitForOthers(): void {
    const words = this.#words;
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, word.STATE) === 0) return;
    const until = performance.now() + this.#options.patience;
    for (;;) {
      const state = Atomics.load(words, word.STATE);
      if (state === 0) return;
      if (this.#threads.maySleep) Atomics.wait(words, word.STATE, state, 100);
      if (performance.now() > until) throw new ThreadLost("a worker thread did not finish its part");
    }
  }

  #throwWhatFailed(): void {
    const failed = this.#words[word.FAILED];
    if (failed === 0) return;
    const said = new Uint8Array(this.#options.memory.buffer, MESSAGE, this.#words[word.MESSAGE_LENGTH]).slice();
    throw new Error(`thread ${failed - 1}: ${new TextDecoder().decode(said)}`);
  }
}
