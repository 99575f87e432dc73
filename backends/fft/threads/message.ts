import type { Plan } from "../plan.ts";
import type { Problem } from "../problem.ts";
import type { Weighed } from "../weighing.ts";
import type { Share } from "../workshop.ts";

/** What a thread is asked: a share of a problem, whose tensors are in shared memory. */
export interface Order {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly share: Share;
  readonly certified: boolean;
}

/** What it answers: nothing where it has written into the output, sums of weights, or what went wrong. */
export interface Answer {
  readonly weighed?: Weighed;
  readonly error?: string;
}
