import { moveTime, productTime, transformTime } from "./cost.ts";
import type { Format } from "./engine/heap.ts";
import type { Extents } from "./engine/transform.ts";
import { type AxisBlocks, type AxisProblem, waysToCut } from "./geometry.ts";
import type { Problem, Triple } from "./problem.ts";
import { Recent } from "./recent.ts";

/** How a problem is cut into blocks. */
export interface Plan {
  readonly format: Format;
  readonly axes: readonly [AxisBlocks, AxisBlocks, AxisBlocks];
  readonly extents: Extents;
  /** The blocks of one sample and group. */
  readonly blocks: number;
  /** Predicted nanoseconds on one thread. */
  readonly time: number;
}

/** What the spectra that are held at once may take. */
export const mostBytes = 1 << 27;

const spread = (extent: number, step: number): number => (extent - 1) * step + 1;

/** The axes of a problem at unit steps. */
export function axesOf(problem: Problem): readonly AxisProblem[] {
  const { stride, dilation, origin } = problem;
  return [0, 1, 2].map((axis): AxisProblem => {
    if (problem.kind === "sliding") {
      const { A, B, out, upsample } = problem;
      return {
        input: spread(A.extents[axis], upsample[axis]),
        taps: spread(B.extents[axis], dilation[axis]),
        outputs: spread(out.extents[axis], stride[axis]),
        origin: origin[axis],
        step: stride[axis],
        blocked: "outputs",
      };
    }
    const { G, V, out } = problem;
    return {
      input: V.extents[axis],
      taps: spread(G.extents[axis], stride[axis]),
      outputs: spread(out.extents[axis], dilation[axis]),
      origin: origin[axis],
      step: stride[axis],
      blocked: "taps",
    };
  });
}

/** The predicted time of a problem in blocks of some extents, and the bytes of the spectra it holds at once. */
function priceOf(problem: Problem, format: Format, axes: readonly AxisBlocks[], extents: Extents, threads: number) {
  const { samples, groups, filters, channels } = problem.counts;
  const blocks = axes.reduce((count, axis) => count * axis.blocks, 1);
  const transform = transformTime(format, extents);
  const move = moveTime(format, extents);
  const each = filters * channels;
  const product = each * productTime(format, extents, each > 1 ? 2 * each : 2);
  // Blocks are shared out whole.
  const rounds = Math.ceil((samples * groups * blocks) / threads);
  const bytes = extents[0] * extents[1] * (extents[2] + 4) * (format === "f32" ? 4 : 8) * (each + channels + 1);
  if (problem.kind === "weighing") {
    const item = (channels + filters) * (transform + move) + product;
    return { time: rounds * item + groups * each * (transform + move), bytes };
  }
  // Only the rows that are outputs are turned back.
  const share = Math.min(
    1,
    (axes[0].each * axes[1].each * problem.stride[0] * problem.stride[1]) / (extents[0] * extents[1]),
  );
  const back = transformTime(format, extents, share / (problem.stride[0] * problem.stride[1]));
  const item = channels * (transform + move) + product + filters * (back + move);
  // The spectra of a kernel serve many calls.
  return { time: rounds * item + 0.5 * groups * each * (transform + move), bytes };
}

/**
 * cheapest: by the predicted time; spectra that take much memory count against a plan. smallest: as many blocks as
 * there can be, which shows every border between blocks.
 */
export type Choice = "cheapest" | "smallest";

function makePlan(problem: Problem, format: Format, threads: number, choice: Choice): Plan {
  const ways = axesOf(problem).map((axis, at) => waysToCut(axis, at === 2, format));
  let best: Plan | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const a of ways[0])
    for (const b of ways[1])
      for (const c of ways[2]) {
        const extents: Triple = [a.length, b.length, c.length];
        const blocks = a.blocks * b.blocks * c.blocks;
        const { time, bytes } = priceOf(problem, format, [a, b, c], extents, threads);
        const price = choice === "smallest" ? -blocks : time * Math.max(1, bytes / mostBytes);
        if (price >= least) continue;
        least = price;
        best = { format, axes: [a, b, c], extents, blocks, time };
      }
  if (best === undefined) throw new Error("an axis has no way to be cut");
  return best;
}

/** The plans of the latest problems. */
const plans = new Recent<Plan>(200);

/** The plan of a problem: the same for the same extents and attributes, whatever the tensors hold. */
export function planOf(problem: Problem, format: Format, threads: number, choice: Choice = "cheapest"): Plan {
  const { samples, groups, filters, channels } = problem.counts;
  const axes = axesOf(problem).map(({ input, taps, outputs, origin, step }) => [input, taps, outputs, origin, step]);
  const name = `${choice} ${problem.kind} ${format} ${threads}: ${samples} ${groups} ${filters} ${channels}: ${axes}`;
  return plans.get(name, () => makePlan(problem, format, threads, choice));
}
