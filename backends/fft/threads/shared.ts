import type { Numbers } from "../problem.ts";

/** Memory that all threads see, kept for the next call; grown where it does not suffice. */
export class Shared {
  #buffer = new SharedArrayBuffer(0);

  /** These numbers where all threads see them; or else room for them, to which they are copied unless they are only to be written. */
  hold(numbers: Numbers, written: boolean): Numbers {
    if (numbers.buffer instanceof SharedArrayBuffer) return numbers;
    const bytes = numbers.byteLength;
    // What was needed once is not held for ever by calls that need far less.
    if (this.#buffer.byteLength < bytes || this.#buffer.byteLength > 4 * bytes + (1 << 22))
      this.#buffer = new SharedArrayBuffer(bytes);
    const length = numbers.length;
    const shared =
      numbers instanceof Float32Array
        ? new Float32Array(this.#buffer, 0, length)
        : new Float64Array(this.#buffer, 0, length);
    if (!written) shared.set(numbers);
    return shared;
  }
}
