import { Axis } from "./axis.ts";
import type { Format, Heap } from "./heap.ts";
import { rootOfOne } from "./lengths.ts";

/**
 * Transforms of rows of N real numbers in place to N/2 complex ones, in an order of its own, of which the first holds
 * the two real frequencies 0 and N/2. Backward it gives N times the signal.
 */
export interface Rows {
  forward(row: number): void;
  backward(row: number): void;
  /** Gives back the tables. */
  free(): void;
}

/** What row lengths must be multiples of. */
export const rowUnit: Readonly<Record<Format, number>> = { f32: 32, f64: 4 };

/** In single precision the rows are PFFFT's. */
function single(heap: Heap, length: number): Rows {
  const { pffft } = heap;
  const setup = pffft._pffft_new_setup(length, 0);
  const work = heap.allocate(4 * length);
  return {
    forward: (row) => pffft._pffft_transform(setup, row, row, work, 0),
    backward: (row) => pffft._pffft_transform(setup, row, row, work, 1),
    free: () => {
      pffft._pffft_destroy_setup(setup);
      heap.free(work);
    },
  };
}

/** In double precision N real numbers are transformed as N/2 complex ones, of which the spectrum is then made. */
function double(heap: Heap, length: number): Rows {
  const half = length / 2;
  const axis = new Axis(heap, "f64", half);
  const { places } = axis;
  const count = Math.floor(half / 2);
  const bytes = new ArrayBuffer(24 * count);
  const [offsets, factors] = [new Int32Array(bytes), new Float64Array(bytes)];
  for (let k = 1; k <= count; k++) {
    offsets.set([16 * places[k], 16 * places[half - k]], 6 * (k - 1));
    factors.set(rootOfOne(k, length), 3 * (k - 1) + 1);
  }
  const pairs = heap.table(offsets);
  const { toHalf, fromHalf } = heap.kernels.f64;
  /** Frequencies 0 and N/2 are the sum and the difference of the parts of Z[0]; so are those of them. */
  const ends = (row: number): void => {
    const numbers = heap.numbers("f64");
    const at = row / 8;
    const [re, im] = [numbers[at], numbers[at + 1]];
    numbers[at] = re + im;
    numbers[at + 1] = re - im;
  };
  return {
    forward: (row) => {
      axis.forward(row, 1, 16);
      ends(row);
      if (count > 0) toHalf(row, pairs, count);
    },
    backward: (row) => {
      ends(row);
      if (count > 0) fromHalf(row, pairs, count);
      axis.backward(row, 1, 16);
    },
    free: () => {
      axis.free();
      heap.free(pairs);
    },
  };
}

export const rowsOf = (heap: Heap, format: Format, length: number): Rows =>
  (format === "f32" ? single : double)(heap, length);
