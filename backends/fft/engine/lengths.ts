import type { Radix } from "../wasm/butterfly.ts";

/** Whether a number has no prime factors but 2, 3 and 5. */
export function isSmooth(n: number): boolean {
  let rest = n;
  for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
  return rest === 1;
}

/** The smallest product of 2, 3 and 5 that is a multiple of `of` and no less than n. */
export function smoothFrom(n: number, of = 1): number {
  let count = Math.max(1, Math.ceil(n / of));
  while (!isSmooth(count)) count++;
  return count * of;
}

/** The radices of the passes of a transform of a smooth length; the last pass needs no factors. */
export function radicesOf(length: number): Radix[] {
  const found: Radix[] = [];
  let rest = length;
  for (const radix of [5, 3, 4, 2] as const)
    while (rest % radix === 0) {
      found.push(radix);
      rest /= radix;
    }
  if (rest !== 1) throw new RangeError(`a transform length must have no prime factors but 2, 3 and 5, got ${length}`);
  return found;
}

/** Where passes by these radices leave each frequency: the places, by frequency. */
export function placesOf(radices: readonly Radix[]): Int32Array {
  if (radices.length === 0) return Int32Array.of(0);
  const [radix, ...rest] = radices;
  const inner = placesOf(rest);
  return Int32Array.from(
    { length: radix * inner.length },
    (_, k) => (k % radix) * inner.length + inner[Math.floor(k / radix)],
  );
}

/** e^(−2πi·k/n) as c and s, from angles of at most an eighth of a turn. */
export function rootOfOne(k: number, n: number): readonly [c: number, s: number] {
  const turn = ((k % n) + n) % n;
  const quarter = Math.floor((4 * turn) / n);
  const rest = 4 * turn - quarter * n; // of a quarter, in units of 1/n
  const low = 2 * rest <= n;
  const angle = (Math.PI / 2) * ((low ? rest : n - rest) / n);
  const [cos, sin] = low ? [Math.cos(angle), Math.sin(angle)] : [Math.sin(angle), Math.cos(angle)];
  const [c, s] = [
    [cos, sin],
    [-sin, cos],
    [-cos, -sin],
    [sin, -cos],
  ][quarter];
  return [c, -s];
}
