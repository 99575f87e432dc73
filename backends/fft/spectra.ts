import type { Heap } from "./engine/heap.ts";
import type { Range } from "./engine/range.ts";
import type { Numbers } from "./problem.ts";

/** The spectra of some filters of a kernel, in the memory of the transforms. */
export interface Spectra {
  readonly address: number;
  readonly bytes: number;
  /** One for each filter. */
  readonly ranges: readonly Range[];
}

const words = (numbers: Numbers): Int32Array =>
  new Int32Array(numbers.buffer, numbers.byteOffset, numbers.byteLength / 4);

function sameBits(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** What a kernel holds, with the spectra that were made of it. */
export interface Kernel {
  readonly bits: Int32Array;
  readonly spectra: Map<string, Spectra>;
}

/** How many kernels are remembered at most. */
const mostKernels = 64;

/**
 * Spectra of kernels by what the kernels hold: weights that were changed in place are another kernel, the same
 * weights elsewhere are not. What was used longest ago goes first when there are too many, or more than `mostBytes`.
 */
export class SpectraCache {
  readonly #heap: Heap;
  readonly #mostBytes: number;
  /** The latest used last. */
  readonly #kernels = new Set<Kernel>();
  #bytes = 0;

  constructor(heap: Heap, mostBytes: number) {
    this.#heap = heap;
    this.#mostBytes = mostBytes;
  }

  /** The bytes of all spectra held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The kernel with this content: one that is remembered, or else a new one. */
  kernel(numbers: Numbers): Kernel {
    const bits = words(numbers);
    const known = [...this.#kernels].findLast((kernel) => sameBits(kernel.bits, bits));
    const kernel = known ?? { bits: bits.slice(), spectra: new Map() };
    this.#kernels.delete(kernel);
    this.#kernels.add(kernel);
    if (this.#kernels.size > mostKernels) {
      const [oldest] = this.#kernels;
      this.#kernels.delete(oldest);
      for (const name of oldest.spectra.keys()) this.#drop(oldest, name);
    }
    return kernel;
  }

  /** The spectra of a kernel that were made under a name before, or are now: `make` writes to an address. */
  get(kernel: Kernel, name: string, bytes: number, make: (address: number) => readonly Range[]): Spectra {
    const held = kernel.spectra.get(name);
    if (held !== undefined) return held;
    for (const other of this.#kernels)
      for (const old of other.spectra.keys()) if (this.#bytes + bytes > this.#mostBytes) this.#drop(other, old);
    const address = this.#heap.allocate(bytes);
    const made = { address, bytes, ranges: make(address) };
    kernel.spectra.set(name, made);
    this.#bytes += bytes;
    return made;
  }

  #drop(kernel: Kernel, name: string): void {
    const spectra = kernel.spectra.get(name);
    if (spectra === undefined) return;
    kernel.spectra.delete(name);
    this.#heap.free(spectra.address);
    this.#bytes -= spectra.bytes;
  }
}
