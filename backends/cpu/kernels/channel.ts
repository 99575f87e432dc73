import {
  type Code,
  f32x4,
  f64,
  forRange,
  i32,
  type Local,
  type NewLocal,
  type Operand,
  select,
  v128,
  when,
} from "../wasm/index.ts";
import { sumOfLanes } from "./dot.ts";

/** A tensor [N, C, …X] with so many elements in a plane. */
export interface Channels {
  readonly N: number;
  readonly C: number;
  readonly plane: number;
}

/** Vectors of one turn, each with sums of its own. */
export const UNROLL = 4;
/** Elements whose sum is kept in f32; sums of these are added in f64. */
const CHUNK = 8192;

/** What is done with a vector of elements: its address, its place among the unrolled, and how many lanes count. */
export type Visit = (offset: number, turn: number, lanes: number) => Code;

/**
 * Goes through the elements of one channel of arrays of one shape, a chunk of a plane at a time.
 * @param pointers variables, which `visit` finds at the element; @param bases the arrays
 * @param after what follows each chunk
 */
export function overChannel(
  { N, C, plane }: Channels,
  channel: Local,
  pointers: readonly Local[],
  bases: readonly Operand[],
  local: NewLocal,
  visit: Visit,
  after: Code = [],
): Code {
  const [n, from, at, past] = Array.from({ length: 4 }, () => local("i32"));
  const advance = (bytes: number): Code => pointers.map((pointer) => pointer.add(bytes));
  const rest = plane % 4;
  return forRange(n, 0, N, 1, [
    pointers.map((pointer, p) => pointer.set(i32.add(bases[p], i32.mul(i32.add(i32.mul(n, C), channel), 4 * plane)))),
    forRange(from, 0, plane, CHUNK, [
      past.set(i32.add(from, CHUNK)),
      past.set(select(past, plane, i32.lt_s(past, plane))),
      forRange(at, from, i32.sub(past, 4 * UNROLL - 1), 4 * UNROLL, [
        Array.from({ length: UNROLL }, (_, turn) => visit(16 * turn, turn, 4)),
        advance(16 * UNROLL),
      ]),
      forRange(at, at, i32.sub(past, 3), 4, [visit(0, 0, 4), advance(16)]),
      rest === 0 ? [] : when(i32.lt_s(at, past), visit(0, 0, rest)),
      after,
    ]),
  ]);
}

/** A vector of which only the first lanes count; the others are 0. */
export const lanesOf = (vector: Code, lanes: number): Code =>
  lanes === 4
    ? vector
    : v128.and(
        vector,
        v128.i32([0, 1, 2, 3].map((lane) => (lane < lanes ? -1 : 0)) as [number, number, number, number]),
      );

/** Sums of vectors in f32 that are added up in f64. */
export class Sum {
  readonly total: Local;
  readonly #turns: readonly Local[];

  constructor(local: NewLocal) {
    this.total = local("f64");
    this.#turns = Array.from({ length: UNROLL }, () => local("v128"));
  }

  begin(): Code {
    return [this.total.set(f64.const(0)), this.#turns.map((turn) => turn.set(v128.zero()))];
  }

  add(vector: Code, turn: number): Code {
    return this.#turns[turn].set(f32x4.add(this.#turns[turn], vector));
  }

  /** Takes what has been added in f32 over into the total. */
  flush(): Code {
    const [first, ...others] = this.#turns;
    return [
      others.map((turn) => first.set(f32x4.add(first, turn))),
      this.total.set(f64.add(this.total, f64.promote_f32(sumOfLanes(first)))),
      this.#turns.map((turn) => turn.set(v128.zero())),
    ];
  }
}
