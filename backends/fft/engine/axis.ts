import type { Pass } from "../wasm/kernels.ts";
import type { Format, Heap } from "./heap.ts";
import { placesOf, radicesOf, rootOfOne } from "./lengths.ts";

interface Step {
  readonly forward: Pass;
  readonly backward: Pass;
  readonly m: number;
  readonly blocks: number;
  readonly factors: number;
}

/** Complex transforms along one axis, in place, whose spectra are left in the order of `places`. */
export class Axis {
  /** Where each frequency is left. */
  readonly places: Int32Array;
  readonly #steps: readonly Step[];
  readonly #heap: Heap;

  constructor(heap: Heap, format: Format, length: number) {
    this.#heap = heap;
    const radices = radicesOf(length);
    this.places = placesOf(radices);
    let blocks = 1;
    this.#steps = radices.map((radix) => {
      const size = length / blocks;
      const m = size / radix;
      const turned = m > 1;
      const factors = turned
        ? Array.from({ length: m }, (_, k) =>
            Array.from({ length: radix - 1 }, (_, j) => rootOfOne((j + 1) * k, size)).flat(),
          ).flat()
        : [];
      const step: Step = {
        forward: heap.kernels[format].pass({ radix, backward: false, turned }),
        backward: heap.kernels[format].pass({ radix, backward: true, turned }),
        m,
        blocks,
        factors: turned ? heap.table(format === "f32" ? Float32Array.from(factors) : Float64Array.from(factors)) : 0,
      };
      blocks *= radix;
      return step;
    });
  }

  /** Transforms `width` values at each place of the axis, which are `rowBytes` apart. */
  forward(base: number, width: number, rowBytes: number): void {
    for (const { forward, m, blocks, factors } of this.#steps) forward(base, width, m, blocks, rowBytes, factors);
  }

  /** The reverse, times the length. */
  backward(base: number, width: number, rowBytes: number): void {
    for (let at = this.#steps.length - 1; at >= 0; at--) {
      const { backward, m, blocks, factors } = this.#steps[at];
      backward(base, width, m, blocks, rowBytes, factors);
    }
  }

  /** Gives back the tables. */
  free(): void {
    for (const { factors } of this.#steps) if (factors !== 0) this.#heap.free(factors);
  }
}
