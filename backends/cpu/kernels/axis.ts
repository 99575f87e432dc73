import { firstTap, pastTap, type Slide } from "../plain/volume.ts";

/** Bytes of an entry of an axis table. */
export const ENTRY = 16;

/**
 * For every window along a slow axis: the byte offset of its first element that is there, how many are there, and
 * the divisor along this axis (f32), 1 where nothing is divided by.
 * @param axis 0 or 1
 * @param cells bytes between neighbouring cells of the axis
 */
export function axisTable(
  { X, R, P, stride, dilation, begin, end }: Slide,
  axis: 0 | 1 | 2,
  cells: number,
  divisor: Divisor,
): Int32Array {
  const words = new Int32Array((P[axis] * ENTRY) / 4);
  const floats = new Float32Array(words.buffer);
  for (let p = 0; p < P[axis]; p++) {
    const start = p * stride[axis] - begin[axis];
    const from = firstTap(start, dilation[axis]);
    const elements = Math.max(0, pastTap(start, dilation[axis], R[axis], X[axis]) - from);
    words[4 * p] = (start + from * dilation[axis]) * cells;
    words[4 * p + 1] = elements;
    floats[4 * p + 2] = dividesBy(divisor, elements, pastTap(start, dilation[axis], R[axis], X[axis] + end[axis]));
  }
  return words;
}

/** What a sum is divided by: the elements of its window, its cells in the padded input, or nothing. */
export type Divisor = "valid" | "padded" | "none";

const dividesBy = (divisor: Divisor, elements: number, cells: number): number => {
  if (divisor === "none") return 1;
  return divisor === "valid" ? elements : cells;
};

/** The divisors along the fastest axis, and 1 beyond, for whole vectors. */
export function divisors({ X, R, P, stride, dilation, begin, end }: Slide, divisor: Divisor): Float32Array {
  const values = new Float32Array(P[2] + 4).fill(1);
  for (let p = 0; p < P[2]; p++) {
    const start = p * stride[2] - begin[2];
    const elements = pastTap(start, dilation[2], R[2], X[2]) - firstTap(start, dilation[2]);
    values[p] = dividesBy(divisor, Math.max(0, elements), pastTap(start, dilation[2], R[2], X[2] + end[2]));
  }
  return values;
}

/**
 * For every element along a slow axis, the windows that it is in: where their list begins and ends in the table
 * (bytes), then the lists, each entry with the byte offset of the window's errors and its divisor along this axis.
 * @param cells bytes between neighbouring windows of the axis
 */
export function coveringTable(
  { X, R, P, stride, dilation, begin, end }: Slide,
  axis: 0 | 1,
  cells: number,
  divisor: Divisor,
): Int32Array {
  const lists = Array.from({ length: X[axis] }, (): [number, number][] => []);
  for (let p = 0; p < P[axis]; p++) {
    const start = p * stride[axis] - begin[axis];
    const [from, past] = [firstTap(start, dilation[axis]), pastTap(start, dilation[axis], R[axis], X[axis])];
    const cellsThere = pastTap(start, dilation[axis], R[axis], X[axis] + end[axis]);
    const by = dividesBy(divisor, past - from, cellsThere);
    for (let k = from; k < past; k++) lists[start + k * dilation[axis]].push([p * cells, by]);
  }
  const words = new Int32Array(2 * (lists.length + lists.reduce((total, { length }) => total + length, 0)));
  const floats = new Float32Array(words.buffer);
  let at = 2 * lists.length;
  for (const [x, list] of lists.entries()) {
    words[2 * x] = 4 * at;
    for (const [offset, by] of list) {
      words[at] = offset;
      floats[at + 1] = by;
      at += 2;
    }
    words[2 * x + 1] = 4 * at;
  }
  return words;
}

/** For every window along the fastest axis its first element; far below zero where it has none. */
export function firstElements({ X, R, P, stride, dilation, begin }: Slide, nowhere: number): Int32Array {
  const firsts = new Int32Array(P[2] + 4).fill(nowhere);
  for (let p = 0; p < P[2]; p++) {
    const start = p * stride[2] - begin[2];
    const from = firstTap(start, dilation[2]);
    if (from < pastTap(start, dilation[2], R[2], X[2])) firsts[p] = start + from * dilation[2];
  }
  return firsts;
}
