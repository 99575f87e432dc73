import type { Format } from "./engine/heap.ts";
import { radicesOf } from "./engine/lengths.ts";
import type { Extents } from "./engine/transform.ts";

/**
 * Nanoseconds a number, as measured; only their ratios matter. row: a transform of rows, at least, and for each of its
 * passes by radix. column: a pass over the columns. product: of two spectra in the cache; far: beyond it. move: in or
 * out of a block. call: nanoseconds each.
 */
const rates = {
  f32: {
    row: 0.32,
    passes: { 2: 0.09, 3: 0.16, 4: 0.1, 5: 0.17 },
    column: 0.12,
    product: 0.15,
    far: 0.4,
    move: 0.3,
    call: 30,
  },
  f64: {
    row: 0.6,
    passes: { 2: 0.25, 3: 0.35, 4: 0.3, 5: 0.4 },
    column: 0.3,
    product: 0.5,
    far: 0.8,
    move: 0.6,
    call: 60,
  },
} as const;

const bytesOf = { f32: 4, f64: 8 } as const;

/** How much slower numbers are reached that take so many bytes: a cache nearby, one further away, memory. */
const distance = (bytes: number): number => (bytes <= 1 << 15 ? 1 : bytes <= 1 << 22 ? 1.2 : 4);

/** How many numbers one step of a row's passes takes: PFFFT's rows go four abreast. */
const abreast = { f32: 4, f64: 2 } as const;

const known = new Map<string, number>();

/** The predicted time of a transform of one row, one way. */
function rowTime(format: Format, length: number): number {
  const name = `${format} ${length}`;
  const time = known.get(name);
  if (time !== undefined) return time;
  const { row, passes, call } = rates[format];
  const each = radicesOf(length / abreast[format]).reduce<number>((sum, radix) => sum + passes[radix], row);
  // A row goes to and fro between its place and another as large.
  const predicted = length * each * distance(2 * length * bytesOf[format]) + call;
  known.set(name, predicted);
  return predicted;
}

/** The predicted time of a transform of a block, one way, of whose rows a part is zero. */
export function transformTime(format: Format, [L0, L1, L2]: Extents, filled = 1): number {
  const { column, call } = rates[format];
  const size = L0 * L1 * L2;
  const rows = filled * L0 * L1 * rowTime(format, L2);
  const [passes0, passes1] = [radicesOf(L0).length, radicesOf(L1).length];
  const far = size * bytesOf[format] > 1 << 21 ? 1.5 : 1;
  return rows + far * size * column * (passes0 + passes1) + call * (passes0 + L0 * passes1) + 8 * L0 * L1;
}

/** The predicted time of moving a block in or out. */
export const moveTime = (format: Format, [L0, L1, L2]: Extents): number =>
  rates[format].move * L0 * L1 * L2 + 100 * L0 * L1 + 400;

/** The predicted time of a product of two spectra, where so many are gone through in turn. */
export function productTime(format: Format, [L0, L1, L2]: Extents, spectra: number): number {
  const { product, far } = rates[format];
  const size = L0 * L1 * (L2 + 4);
  return (size * spectra * bytesOf[format] > 1 << 20 ? far : product) * size + 20;
}
