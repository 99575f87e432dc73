import type { Worker } from "node:worker_threads";
import { bundled } from "../../bundled.ts";
import { gather } from "../blocks.ts";
import type { Plan } from "../plan.ts";
import type { Numbers, Problem, Side } from "../problem.ts";
import type { Weighed } from "../weighing.ts";
import type { Share } from "../workshop.ts";
import type { Answer, Order } from "./message.ts";
import { Shared } from "./shared.ts";

/** How many threads can run at once; only one where there is no Node. */
export const processors = (): number =>
  typeof process === "object" && process.versions?.node !== undefined
    ? process.getBuiltinModule("node:os").availableParallelism()
    : 1;

let script: string | URL | undefined;

async function start(): Promise<Worker> {
  const { Worker } = await import("node:worker_threads");
  script ??= import.meta.url.endsWith(".ts")
    ? bundled(new URL("./worker.ts", import.meta.url))
    : new URL("./worker.js", import.meta.url);
  const worker = new Worker(script, { eval: typeof script === "string", execArgv: [] });
  worker.unref();
  return worker;
}

/** Threads beside the calling one, each with memory, transforms and spectra of its own. */
export class Pool {
  readonly count: number;
  readonly #workers: Promise<readonly Worker[]>;
  readonly #shared = { first: new Shared(), second: new Shared(), out: new Shared() };
  #last: Promise<unknown> = Promise.resolve();

  /** @param count of threads beside the calling one */
  constructor(count: number) {
    this.count = count;
    this.#workers = Promise.all(Array.from({ length: count }, start));
  }

  /**
   * Runs shares of a problem, the first of them here by `own`, one problem at a time; writes the outputs of a sliding
   * problem, returns the sums of a weighing one.
   */
  run(
    problem: Problem,
    plan: Plan,
    certified: boolean,
    own: (share: Share) => Weighed | undefined,
  ): Promise<readonly Weighed[]> {
    const next = this.#last.then(() => this.#run(problem, plan, certified, own));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #run(
    problem: Problem,
    plan: Plan,
    certified: boolean,
    own: (share: Share) => Weighed | undefined,
  ): Promise<readonly Weighed[]> {
    const workers = await this.#workers;
    const items = problem.counts.samples * problem.counts.groups * plan.blocks;
    const parts = Math.min(items, this.count + 1);
    const shares = Array.from({ length: parts }, (_, at): Share => {
      const [from, to] = [at, at + 1].map((part) => Math.floor((part * items) / parts));
      return { from, to };
    });
    const shared = this.#share(problem);
    const answers = shares.slice(1).map((share, at) => ask(workers[at], { problem: shared, plan, share, certified }));
    // A thread that fails while this one is at work is heard of below.
    for (const answer of answers) answer.catch(() => undefined);
    const mine = own(shares[0]);
    const others = await Promise.all(answers);
    if (problem.kind === "sliding" && shared.out.data !== problem.out.data)
      for (const share of shares.slice(1)) gather(problem, plan, share, shared.out.data);
    return [mine, ...others].filter((weighed) => weighed !== undefined);
  }

  /** The problem with its tensors where all threads see them. */
  #share(problem: Problem): Problem {
    const { first, second, out } = this.#shared;
    const held = (side: Side, room: Shared, written = false): Side => ({
      ...side,
      data: room.hold(side.data, written),
    });
    if (problem.kind === "weighing")
      // The sums are sent back; a thread needs the extents of the output, not its numbers.
      return { ...problem, G: held(problem.G, first), V: held(problem.V, second), out: { ...problem.out, data: none } };
    return {
      ...problem,
      A: held(problem.A, first),
      B: held(problem.B, second),
      out: held(problem.out, out, true),
    };
  }

  async close(): Promise<void> {
    await this.#last;
    await Promise.all((await this.#workers).map((worker) => worker.terminate()));
  }
}

const none: Numbers = new Float64Array(0);

/** Gives a thread its order, and keeps the process alive until it has answered. */
function ask(worker: Worker, order: Order): Promise<Weighed | undefined> {
  worker.ref();
  return new Promise<Weighed | undefined>((resolve, reject) => {
    const done = (): void => {
      worker.off("message", answered);
      worker.off("error", failed);
      worker.off("exit", left);
      worker.unref();
    };
    const answered = ({ weighed, error }: Answer): void => {
      done();
      if (error === undefined) resolve(weighed);
      else reject(new Error(`a thread failed: ${error}`));
    };
    const failed = (error: Error): void => {
      done();
      reject(error);
    };
    const left = (code: number): void => failed(new Error(`a thread ended with code ${code} before it had answered`));
    worker.on("message", answered);
    worker.on("error", failed);
    worker.on("exit", left);
    worker.postMessage(order);
  });
}
