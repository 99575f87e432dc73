import type { Numbers, Triple } from "../problem.ts";
import { carry } from "./carry.ts";
import type { Extents, RowPlaces } from "./transform.ts";

/** A volume to be spread into a block: one sample and channel of a tensor. */
export interface Source {
  readonly data: Numbers;
  readonly base: number;
  readonly extents: Triple;
  /** The distance in the block of elements that are neighbours here. */
  readonly spread: Triple;
  /** Whether its elements go in backwards, on every axis. */
  readonly flipped: boolean;
}

/** Rows of this many numbers are copied one by one: a view of them would take longer to make. */
const short = 48;

/** Places `begin`, `begin + step`, … of a block on one axis. */
interface Places {
  readonly begin: number;
  readonly step: number;
  readonly count: number;
}

/** The places on one axis that elements fall on: place i has element (i + from)/step. */
function placesOn(extent: number, step: number, from: number, limit: number): Places {
  const past = Math.min(limit, (extent - 1) * step + 1 - from);
  const begin = from < 0 ? -from : (step - (from % step)) % step;
  return { begin, step, count: Math.max(0, Math.ceil((past - begin) / step)) };
}

function listed({ begin, step, count }: Places): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < count; at++) places.push(begin + at * step);
  return places;
}

/** The rows of a block that is one. */
const oneRow: RowPlaces = [[0], [0]];

/** Writes a block that is one row, from a source that is one, as `fill` does. */
function fillRow(
  numbers: Numbers,
  first: number,
  length: number,
  { data, base, extents }: Source,
  from: number,
  limit: number,
): RowPlaces {
  const begin = Math.max(0, -from);
  const past = Math.min(limit, extents[2] - from);
  if (past <= begin) {
    // All of it lies in the padding, or past the end.
    numbers.fill(0, first, first + length);
    return [[], []];
  }
  if (begin > 0) numbers.fill(0, first, first + begin);
  if (past < length) numbers.fill(0, first + past, first + length);
  carry(numbers, first + begin, data, base + from + begin, past - begin);
  return oneRow;
}

/**
 * Writes a block: place i holds the element (i + from)/spread of a source where there is one and i < limit, zero otherwise.
 * @param first the index of the block among the numbers
 * @returns the rows that elements fall on; none at all where no element does
 */
export function fill(
  numbers: Numbers,
  first: number,
  [L0, L1, L2]: Extents,
  source: Source,
  from: Triple,
  limit: Triple,
): RowPlaces {
  const { data, base, extents, spread, flipped } = source;
  const [X0, X1, X2] = extents;
  const isLine = L0 * L1 * X0 * X1 === 1 && from[0] === 0 && from[1] === 0 && spread[2] === 1 && !flipped;
  if (isLine) return fillRow(numbers, first, L2, source, from[2], limit[2]);
  const place = (axis: 0 | 1 | 2): Places => placesOn(extents[axis], spread[axis], from[axis], limit[axis]);
  const [outer, middle, inner] = [place(0), place(1), place(2)];
  const filled = outer.count * middle.count * inner.count;
  if (filled < L0 * L1 * L2) numbers.fill(0, first, first + L0 * L1 * L2);
  if (filled === 0) return [[], []];
  const [rows0, rows1] = [listed(outer), listed(middle)];
  const element = (place: number, axis: 0 | 1 | 2): number => {
    const index = (place + from[axis]) / spread[axis];
    return flipped ? extents[axis] - 1 - index : index;
  };
  const { begin, count } = inner;
  const x = element(begin, 2);
  for (const i0 of rows0)
    for (const i1 of rows1) {
      const start = base + (element(i0, 0) * X1 + element(i1, 1)) * X2 + x;
      const to = first + (i0 * L1 + i1) * L2 + begin;
      if (spread[2] === 1 && !flipped && count > short) carry(numbers, to, data, start, count);
      else {
        const step = flipped ? -1 : 1;
        for (let at = 0; at < count; at++) numbers[to + at * spread[2]] = data[start + at * step];
      }
    }
  return [rows0, rows1];
}

/** What of a block is read: `count` places of each axis, `step` apart from `begin` on, modulo the length. */
export interface Wanted {
  readonly begin: Triple;
  readonly step: Triple;
  readonly count: Triple;
}

function wrapped(begin: number, step: number, count: number, length: number): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < count; at++) places.push((begin + at * step) % length);
  return places;
}

export const rowsWanted = ([L0, L1]: Extents, { begin, step, count }: Wanted): RowPlaces => [
  wrapped(begin[0], step[0], count[0], L0),
  wrapped(begin[1], step[1], count[1], L1),
];

/** Copies what is wanted of a block, which is in these rows, to a volume of row-major extents, from the place `to` on. */
export function copy(
  numbers: Numbers,
  first: number,
  extents: Extents,
  wanted: Wanted,
  [rows0, rows1]: RowPlaces,
  out: { readonly data: Numbers; readonly base: number; readonly extents: Triple; readonly to: Triple },
): void {
  const [, L1, L2] = extents;
  const [begin, step, count] = [wanted.begin[2], wanted.step[2], wanted.count[2]];
  const { data, to } = out;
  for (let q0 = 0; q0 < rows0.length; q0++)
    for (let q1 = 0; q1 < rows1.length; q1++) {
      const row = first + (rows0[q0] * L1 + rows1[q1]) * L2;
      const at = out.base + ((to[0] + q0) * out.extents[1] + to[1] + q1) * out.extents[2] + to[2];
      if (step === 1 && count > short) {
        const straight = Math.min(count, L2 - begin);
        carry(data, at, numbers, row + begin, straight);
        if (straight < count) carry(data, at + straight, numbers, row, count - straight);
      } else for (let q2 = 0; q2 < count; q2++) data[at + q2] = numbers[row + ((begin + q2 * step) % L2)];
    }
}
