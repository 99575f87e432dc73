import { rowsWanted, type Wanted } from "./engine/block.ts";
import { carry } from "./engine/carry.ts";
import type { RowPlaces } from "./engine/transform.ts";
import type { Plan } from "./plan.ts";
import type { Numbers, Sliding, Triple } from "./problem.ts";
import type { Share } from "./workshop.ts";

/** The outputs of one block of a sliding problem, and what of the input it is made of. */
export interface Block {
  /** The first output on each axis, and the first past the last. */
  readonly from: Triple;
  readonly past: Triple;
  /** The place of the spread input that the block begins with; negative in the padding. */
  readonly start: Triple;
  /** The places of the block that are looked at; beyond them it is zero. */
  readonly limit: Triple;
  /** Where in the block the outputs lie after the product. */
  readonly wanted: Wanted;
  /** The rows of the block that they are in. */
  readonly rows: RowPlaces;
}

/** The first blocks of plans in use. A plan says all that they depend on. */
const made = new WeakMap<Plan, Block[]>();
const mostMade = 512;

/** Block `index` of a sample and group. */
export function blockOf(problem: Sliding, plan: Plan, index: number): Block {
  let blocks = made.get(plan);
  if (blocks === undefined) {
    blocks = [];
    made.set(plan, blocks);
  }
  const block = blocks[index] ?? makeBlock(problem, plan, index);
  if (index < mostMade) blocks[index] = block;
  return block;
}

function makeBlock({ B, out, stride, dilation, origin }: Sliding, { axes, extents }: Plan, index: number): Block {
  const count1 = axes[1].blocks;
  const count2 = axes[2].blocks;
  const from: Triple = [
    Math.floor(index / (count1 * count2)) * axes[0].each,
    (Math.floor(index / count2) % count1) * axes[1].each,
    (index % count2) * axes[2].each,
  ];
  const past = (axis: 0 | 1 | 2): number => Math.min(from[axis] + axes[axis].each, out.extents[axis]);
  const count = (axis: 0 | 1 | 2): number => past(axis) - from[axis];
  const start = (axis: 0 | 1 | 2): number => (axes[axis].whole ? 0 : from[axis] * stride[axis] - origin[axis]);
  const limit = (axis: 0 | 1 | 2): number =>
    axes[axis].whole ? extents[axis] : (count(axis) - 1) * stride[axis] + (B.extents[axis] - 1) * dilation[axis] + 1;
  const begin = (axis: 0 | 1 | 2): number => (axes[axis].whole ? (extents[axis] - origin[axis]) % extents[axis] : 0);
  const wanted: Wanted = {
    begin: [begin(0), begin(1), begin(2)],
    step: stride,
    count: [count(0), count(1), count(2)],
  };
  return {
    from,
    past: [past(0), past(1), past(2)],
    start: [start(0), start(1), start(2)],
    limit: [limit(0), limit(1), limit(2)],
    wanted,
    rows: rowsWanted(extents, wanted),
  };
}

/** Copies the outputs of a share from where another thread has written them. */
export function gather(problem: Sliding, plan: Plan, { from, to }: Share, written: Numbers): void {
  const { samples, filters } = problem.counts;
  const { data, strides, extents } = problem.out;
  for (let item = from; item < to; item++) {
    const [g, n] = [Math.floor(item / (samples * plan.blocks)), Math.floor(item / plan.blocks) % samples];
    const { from: first, past } = blockOf(problem, plan, item % plan.blocks);
    // Whole rows that follow each other are copied as one.
    const whole = past[2] - first[2] === extents[2];
    const rows = whole ? 1 : past[1] - first[1];
    const length = whole ? (past[1] - first[1]) * extents[2] : past[2] - first[2];
    for (let o = 0; o < filters; o++)
      for (let q0 = first[0]; q0 < past[0]; q0++)
        for (let q1 = first[1]; q1 < first[1] + rows; q1++) {
          const base = n * strides[0] + g * strides[1] + o * strides[2];
          const at = base + (q0 * extents[1] + q1) * extents[2] + first[2];
          carry(data, at, written, at, length);
        }
  }
}
