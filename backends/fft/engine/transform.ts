import { stride } from "../wasm/pointwise.ts";
import { Axis } from "./axis.ts";
import { bytesOf, type Format, type Heap } from "./heap.ts";
import { type Rows, rowsOf } from "./rows.ts";

/** Extents of a block: three axes, of which the outer ones may be 1. */
export type Extents = readonly [number, number, number];

/** Places of the two outer axes: the rows at each of the first, by each of the second. */
export type RowPlaces = readonly [readonly number[], readonly number[]];

/**
 * Real transforms of blocks of three axes, in place. A spectrum takes N/2 complex numbers a row, as the rows leave
 * them, and beside them two for each row: the frequencies 0 and N/2 of the rows share the first column, so that its
 * transform along the other axes is that of two real columns at once. They are told apart into D and E, which lie
 * after the rows, so that the product of spectra is one of numbers throughout.
 */
export class Transform {
  readonly format: Format;
  readonly extents: Extents;
  /** The numbers of a block. */
  readonly size: number;
  /** The bytes from one spectrum to the next; not a multiple of a power of two, which would share few lines of a cache. */
  readonly spectrumBytes: number;
  /** How many values, two at a time, a product of spectra has. */
  readonly pairs: number;
  readonly #heap: Heap;
  readonly #rows: Rows;
  readonly #outer: readonly [Axis, Axis];
  /** Where, in the first column, the frequency opposite to each lies. */
  readonly #opposite: Int32Array;

  constructor(heap: Heap, format: Format, extents: Extents) {
    const [L0, L1, L2] = extents;
    this.#heap = heap;
    this.format = format;
    this.extents = extents;
    this.size = L0 * L1 * L2;
    this.#rows = rowsOf(heap, format, L2);
    this.#outer = [new Axis(heap, format, L0), new Axis(heap, format, L1)];
    const complex = stride * (format === "f32" ? 4 : 1);
    this.pairs = (this.size / 2 + 2 * L0 * L1 + complex - 1 - ((this.size / 2 + 2 * L0 * L1 - 1) % complex)) / complex;
    const lines = Math.ceil((this.pairs * complex * 2 * bytesOf[format]) / 64);
    this.spectrumBytes = 64 * (lines % 2 === 0 ? lines + 1 : lines);
    const [places0, places1] = this.#outer.map(({ places }) => places);
    this.#opposite = new Int32Array(L0 * L1);
    for (let k0 = 0; k0 < L0; k0++)
      for (let k1 = 0; k1 < L1; k1++)
        this.#opposite[places0[k0] * L1 + places1[k1]] = places0[(L0 - k0) % L0] * L1 + places1[(L1 - k1) % L1];
  }

  /** Transforms the block at an address, of which only the rows at these places of the outer axes are not zero. */
  forward(address: number, [rows0, rows1]: RowPlaces): void {
    const [L0, L1, L2] = this.extents;
    const rowBytes = L2 * bytesOf[this.format];
    for (const i0 of rows0) {
      for (const i1 of rows1) this.#rows.forward(address + (i0 * L1 + i1) * rowBytes);
      if (L1 > 1) this.#outer[1].forward(address + i0 * L1 * rowBytes, this.#width, rowBytes);
    }
    if (L0 > 1) this.#outer[0].forward(address, L1 * this.#width, L1 * rowBytes);
    this.#separate(address);
  }

  /** The reverse, times `size`, for the rows at these places; the others are left undefined. */
  backward(address: number, [rows0, rows1]: RowPlaces): void {
    const [L0, L1, L2] = this.extents;
    const rowBytes = L2 * bytesOf[this.format];
    this.#join(address);
    const width = this.#width;
    if (L0 > 1) this.#outer[0].backward(address, L1 * width, L1 * rowBytes);
    for (const i0 of rows0) {
      if (L1 > 1) this.#outer[1].backward(address + i0 * L1 * rowBytes, width, rowBytes);
      for (const i1 of rows1) this.#rows.backward(address + (i0 * L1 + i1) * rowBytes);
    }
  }

  /** Gives back the tables. */
  free(): void {
    this.#rows.free();
    for (const axis of this.#outer) axis.free();
  }

  /** The values of a row: four complex numbers each, or one. */
  get #width(): number {
    return this.extents[2] / (this.format === "f32" ? 8 : 2);
  }

  /** The index, among the numbers of the heap, of the real part of complex number i after the rows. */
  #beside(first: number, i: number): number {
    return this.format === "f32" ? first + (i >> 2) * 8 + (i & 3) : first + 2 * i;
  }

  /** From the first column c the transforms D[l] = (c[l] + conj c[−l])/2 and E[l] = (c[l] − conj c[−l])/2i. */
  #separate(address: number): void {
    const numbers = this.#heap.numbers(this.format);
    const im = this.format === "f32" ? 4 : 1;
    const first = address / bytesOf[this.format];
    const L2 = this.extents[2];
    const after = first + this.size;
    const opposite = this.#opposite;
    const count = opposite.length;
    for (let l = 0; l < count; l++) {
      const a = first + l * L2;
      const b = first + opposite[l] * L2;
      const d = this.#beside(after, l);
      const e = this.#beside(after, count + l);
      numbers[d] = (numbers[a] + numbers[b]) / 2;
      numbers[d + im] = (numbers[a + im] - numbers[b + im]) / 2;
      numbers[e] = (numbers[a + im] + numbers[b + im]) / 2;
      numbers[e + im] = (numbers[b] - numbers[a]) / 2;
    }
    // What fills the last vectors takes part in products: it is to be finite.
    if (this.format === "f32")
      for (let l = 2 * count; l % 8 !== 0; l++) {
        const at = this.#beside(after, l);
        numbers[at] = 0;
        numbers[at + im] = 0;
      }
  }

  /** The first column from D and E: c = D + i·E. */
  #join(address: number): void {
    const numbers = this.#heap.numbers(this.format);
    const im = this.format === "f32" ? 4 : 1;
    const first = address / bytesOf[this.format];
    const L2 = this.extents[2];
    const after = first + this.size;
    const count = this.#opposite.length;
    for (let l = 0; l < count; l++) {
      const a = first + l * L2;
      const d = this.#beside(after, l);
      const e = this.#beside(after, count + l);
      numbers[a] = numbers[d] - numbers[e + im];
      numbers[a + im] = numbers[d + im] + numbers[e];
    }
  }
}
