import type { Triple } from "../../../plain/volume.ts";
import { type Code, i32, type Local, type NewLocal, select } from "../../../wasm/index.ts";

/** Positions cut into blocks, those of all samples numbered one after the other. */
export interface PositionBlocks {
  readonly P: Triple;
  readonly positions: Triple;
  readonly blocks: Triple;
}

/** target = from modulo n, and from = from / n. */
export const take = (target: Local, from: Local, n: number | Local): Code =>
  n === 1 ? target.set(0) : [target.set(i32.rem_u(from, n)), from.set(i32.div_u(from, n))];

/** Where one block lies: set by `find`. */
export class PositionBlock {
  readonly sample: Local;
  /** Its first position and its extents, on each axis. */
  readonly firsts: readonly [Local, Local, Local];
  readonly counts: readonly [Local, Local, Local];
  readonly #cut: PositionBlocks;

  constructor(cut: PositionBlocks, local: NewLocal) {
    this.#cut = cut;
    this.sample = local("i32");
    this.firsts = [local("i32"), local("i32"), local("i32")];
    this.counts = [local("i32"), local("i32"), local("i32")];
  }

  /** Finds the block of that number. */
  find(index: Local): Code {
    const { P, positions, blocks } = this.#cut;
    return [
      this.sample.set(index),
      [2, 1, 0].map((i) => {
        const [first, count] = [this.firsts[i], this.counts[i]];
        return [
          take(first, this.sample, blocks[i]),
          first.set(i32.mul(first, positions[i])),
          count.set(i32.sub(P[i], first)),
          count.set(select(count, positions[i], i32.lt_s(count, positions[i]))),
        ];
      }),
    ];
  }

  /** The row-major place of its first position. */
  place(): Code {
    const [f0, f1, f2] = this.firsts;
    const [, P1, P2] = this.#cut.P;
    return i32.add(i32.mul(i32.add(i32.mul(f0, P1), f1), P2), f2);
  }

  /** How many positions it has. */
  size(): Code {
    const [n0, n1, n2] = this.counts;
    return i32.mul(i32.mul(n0, n1), n2);
  }
}

/** Sets which blocks part `part` of `parts` has: first … end − 1 of all. */
export const blocksOfPart = (first: Local, end: Local, part: Local, parts: Local, all: Local): Code => [
  first.set(i32.div_u(i32.mul(part, all), parts)),
  end.set(i32.div_u(i32.mul(i32.add(part, 1), all), parts)),
];
