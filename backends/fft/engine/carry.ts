import type { Numbers } from "../problem.ts";

let between = new Float32Array(0);

const isShared = ({ buffer }: Numbers): boolean =>
  typeof SharedArrayBuffer === "function" && buffer instanceof SharedArrayBuffer;

const inWord = ({ byteOffset, BYTES_PER_ELEMENT }: Numbers, at: number): number =>
  ((byteOffset + at * BYTES_PER_ELEMENT) % 8) / 4;

/**
 * Copies `count` numbers of one format. Into shared memory and out of it engines copy by words where both sides begin
 * at the same place of one, and byte by byte, some ten times slower, where they do not: then by way of a place that
 * the shared side agrees with.
 */
export function carry(to: Numbers, at: number, from: Numbers, first: number, count: number): void {
  const source = from.subarray(first, first + count);
  const [place, sourcePlace] = [inWord(to, at), inWord(from, first)];
  if (place === sourcePlace || !(isShared(to) || isShared(from))) {
    to.set(source, at);
    return;
  }
  if (between.length <= count) between = new Float32Array(count + 1);
  const begin = isShared(to) ? place : sourcePlace;
  const part = between.subarray(begin, begin + count);
  part.set(source);
  to.set(part, at);
}
