import { slidingRegion, weighedElement } from "./direct.ts";
import type { Format } from "./engine/heap.ts";
import { type Choice, type Plan, planOf } from "./plan.ts";
import { isEmpty, type Problem, type Sliding, type Triple, type Weighing } from "./problem.ts";
import { slide } from "./sliding.ts";
import { Pool, processors } from "./threads/pool.ts";
import { conclude, together, type Weighed, weigh } from "./weighing.ts";
import { type Share, Workshop } from "./workshop.ts";

export interface RunnerOptions {
  /** How many threads a large call is spread over; as many as the machine has processors, at most 8, unless given. */
  readonly threads?: number;
  /**
   * fast: transforms in the format of the tensors; the error is relative to the norms of a block (TRANSFORM).
   * local: each element as accurate as a direct sum (LOCAL): f32 through transforms in double precision, and directly
   * where those do not prove it; f64 directly.
   */
  readonly accuracy?: "fast" | "local";
  /** How calls are cut into blocks: by the predicted time unless given. With smallest, threads share every call. */
  readonly blocks?: Choice;
  /** Told of each call how it is cut, and the time that is predicted. */
  readonly debug?: (line: string) => void;
}

const zero: Triple = [0, 0, 0];

/** Calls that take less on one thread, in predicted nanoseconds, are measured to lose by the copies and the wake-up. */
const worthSharing = 4e6;

const mostThreads = 8;

/** Runs problems: small ones here, large ones shared out among threads. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly threads: number;
  #workshop: Promise<Workshop> | undefined;
  #pool: Pool | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.threads = Math.min(options.threads ?? processors(), mostThreads);
  }

  /** Computes a problem, whose output is part of the outputs, which are then returned. */
  async run<Outputs>(problem: Problem, outputs: Outputs): Promise<Outputs> {
    if (isEmpty(problem)) {
      problem.out.data.fill(0);
      return outputs;
    }
    const certified = this.#options.accuracy === "local";
    const given: Format = problem.out.data instanceof Float32Array ? "f32" : "f64";
    if (certified && given === "f64") {
      directly(problem);
      return outputs;
    }
    this.#workshop ??= Workshop.create(certified);
    const workshop = await this.#workshop;
    const format = certified ? "f64" : given;
    const { blocks } = this.#options;
    const alone = planOf(problem, format, 1, blocks);
    const shared = this.threads > 1 && (alone.time > worthSharing || blocks === "smallest");
    const plan = shared ? planOf(problem, format, this.threads, blocks) : alone;
    this.#options.debug?.(describe(plan));

    const own = (share: Share): Weighed | undefined => {
      if (problem.kind === "weighing") return weigh(workshop, problem, plan, share);
      slide(workshop, problem, plan, share);
      return undefined;
    };
    const items = problem.counts.samples * problem.counts.groups * plan.blocks;
    if (!shared || items === 1) {
      const weighed = own({ from: 0, to: items });
      if (problem.kind === "weighing" && weighed) conclude(problem, weighed, certified);
      return outputs;
    }
    this.#pool ??= new Pool(this.threads - 1);
    const weighed = await this.#pool.run(problem, plan, certified, own);
    if (problem.kind === "weighing") conclude(problem, together(weighed), certified);
    return outputs;
  }

  /** Ends the threads and forgets what was kept. A later call begins anew. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#workshop = undefined;
    this.#pool = undefined;
    await pool?.close();
  }
}

const describe = ({ format, extents, axes, blocks, time }: Plan): string =>
  `${format} blocks of ${extents.join("×")}, ${blocks} of them (${axes.map(({ each }) => each).join("×")} each), ` +
  `${(time / 1e6).toPrecision(3)} ms predicted on one thread`;

/** Direct sums throughout, in double precision. */
function directly(problem: Problem): void {
  const { samples, groups, filters } = problem.counts;
  if (problem.kind === "sliding") {
    for (let n = 0; n < samples; n++)
      for (let g = 0; g < groups; g++)
        for (let o = 0; o < filters; o++) slidingRegion(problem as Sliding, n, g, o, [zero, problem.out.extents]);
    return;
  }
  const { out, counts, G, flipped } = problem;
  const [R0, R1, R2] = out.extents;
  for (let g = 0; g < groups; g++)
    for (let o = 0; o < filters; o++)
      for (let c = 0; c < counts.channels; c++) {
        const base = g * out.strides[0] + o * out.strides[1] + c * out.strides[2];
        for (let k = 0; k < R0 * R1 * R2; k++) {
          const tap: Triple = [Math.floor(k / (R1 * R2)), Math.floor(k / R2) % R1, k % R2];
          const place = base + (flipped ? R0 * R1 * R2 - 1 - k : k);
          out.data[place] = weighedElement(problem as Weighing, [0, samples], [g, o, c], tap, [zero, G.extents]);
        }
      }
}
