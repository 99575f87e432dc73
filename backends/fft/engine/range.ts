import type { Format, Heap } from "./heap.ts";
import { bytesOf } from "./heap.ts";

/** What is known of the numbers of a block before it is transformed. */
export interface Range {
  /** The sum of the squares of the numbers times 2^−exponent. */
  readonly squares: number;
  /** The power of two to take from them, so that no product of spectra leaves the format's range; 0 for ordinary numbers. */
  readonly exponent: number;
  /** Whether all are numbers, and finite. */
  readonly finite: boolean;
}

/** Sums of squares within these need no scaling: the products of two spectra then stay far within the format. */
const ordinary = { f32: [2 ** -60, 2 ** 60], f64: [2 ** -600, 2 ** 600] } as const;

/** Exponents are multiples of this, so that few differ, and within ±most, so that 2^exponent is a number. */
const grain = { f32: 24, f64: 128 } as const;
const most = { f32: 120, f64: 960 } as const;

/** The range of blocks of `size` numbers at some addresses, taken together. */
export function rangeOf(
  heap: Heap,
  format: Format,
  addresses: readonly number[],
  size: number,
  scratch: number,
): Range {
  const bytes = bytesOf[format];
  const lanes = 32 / bytes;
  let squares = 0;
  for (const address of addresses) {
    heap.kernels[format].squares(address, size / lanes, scratch);
    const numbers = heap.numbers(format);
    for (let lane = 0; lane < lanes; lane++) squares += numbers[scratch / bytes + lane];
  }
  const [least, largest] = ordinary[format];
  if (squares >= least && squares <= largest) return { squares, exponent: 0, finite: true };

  const numbers = heap.numbers(format);
  let peak = 0;
  for (const address of addresses)
    for (let at = address / bytes; at < address / bytes + size; at++) {
      const magnitude = Math.abs(numbers[at]);
      if (!(magnitude <= Number.MAX_VALUE)) return { squares: Number.NaN, exponent: 0, finite: false };
      if (magnitude > peak) peak = magnitude;
    }
  if (peak === 0) return { squares: 0, exponent: 0, finite: true };
  const nearest = Math.round(Math.log2(peak) / grain[format]) * grain[format];
  const exponent = Math.max(-most[format], Math.min(most[format], nearest));
  let sum = 0;
  for (const address of addresses)
    for (let at = address / bytes; at < address / bytes + size; at++) sum += (numbers[at] * 2 ** -exponent) ** 2;
  return { squares: sum, exponent, finite: true };
}

/** Multiplies a block by 2^exponent and then by s, which alone would take digits from numbers that are very small. */
export function scale(heap: Heap, format: Format, address: number, size: number, s: number, exponent: number): void {
  heap.kernels[format].affine(address, (size * bytesOf[format]) / 16, 2 ** exponent, s, 0);
}
